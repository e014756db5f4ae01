package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListenTroubleTest {
  @Test
  void aPortOfTheAdministratorsIsToldFromOneThatIsTaken() {
    assertThat(ListenTrouble.sentence("127.0.0.1", 80, "Permission denied"))
        .isEqualTo(
            "DIALOG_PORT is 80, where nothing can listen (Permission denied): ports below 1024 are"
                + " the administrator's, so take one such as 8080, and let a proxy pass on what"
                + " comes to 80");
    assertThat(ListenTrouble.sentence("0.0.0.0", 8080, "Address already in use"))
        .isEqualTo(
            "nothing can listen on 0.0.0.0 port 8080 (Address already in use): stop what does, or"
                + " set another DIALOG_PORT, such as 8081");
  }
}

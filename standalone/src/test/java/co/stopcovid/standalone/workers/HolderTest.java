package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class HolderTest {
  @Test
  void thisProcessLives() {
    assertThat(Holder.isDead(Holder.current())).isFalse();
  }

  @Test
  void oneThatWasKilledIsDead() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    String self = Holder.current();
    String pid = Long.toString(other.pid());
    String asOther = self.replaceFirst("pid [0-9]+", "pid " + pid);
    assertThat(Holder.isDead(asOther)).as("another one has the id of it by now").isTrue();
    other.destroyForcibly().waitFor();
    assertThat(Holder.isDead(asOther)).isTrue();
  }

  @Test
  void ofOtherMachinesAndUnknownFormsNothingIsCertain() {
    String gone = Holder.current().replaceFirst("pid [0-9]+", "pid 999999999");
    assertThat(Holder.isDead(gone)).isTrue();
    assertThat(Holder.isDead(gone + "1")).as("other machine").isFalse();
    assertThat(Holder.isDead("")).isFalse();
    assertThat(Holder.isDead("127.0.0.1 pid 17")).isFalse();
  }
}

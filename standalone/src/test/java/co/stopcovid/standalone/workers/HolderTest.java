package co.stopcovid.standalone.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class HolderTest {
  @TempDir private Path proc;

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

  @Test
  void oneThatCannotBeReadIsNotDeadForCertain() throws Exception {
    machine();
    process(1, 0);
    process(17, 4_000);
    String holder = Holder.current(proc, 17);
    assertThat(holder).startsWith("pid 17 started 4000 on ");
    assertThat(Holder.isDead(proc, holder)).isFalse();

    Path stat = proc.resolve("17/stat");
    Files.writeString(stat, "17 (java");
    assertThat(Holder.isDead(proc, holder)).as("cut off").isFalse();
    Files.delete(stat);
    Files.createDirectory(stat);
    assertThat(Holder.isDead(proc, holder)).as("it fails to be read").isFalse();
    Files.delete(stat);
    assertThat(Holder.isDead(proc, holder)).as("gone").isTrue();
    Files.delete(proc.resolve("17"));
    assertThat(Holder.isDead(proc, holder)).as("gone").isTrue();
  }

  @Test
  void whereProcessesOfOthersAreHiddenNobodyWhoIsAbsentIsDeadForCertain() throws Exception {
    machine();
    process(17, 4_000);
    String holder = Holder.current(proc, 17);
    Files.delete(proc.resolve("17/stat"));
    assertThat(Holder.isDead(proc, holder)).isFalse();
    process(17, 4_001);
    assertThat(Holder.isDead(proc, holder)).as("another one has the id of it by now").isTrue();
  }

  private void machine() throws IOException {
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "one-run\n");
    Files.createDirectories(proc.resolve("self/ns"));
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[1]"));
  }

  private void process(long pid, long started) throws IOException {
    Path entry = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        entry.resolve("stat"), "%d (java) S%s %d 0".formatted(pid, " 0".repeat(18), started));
  }
}

package planted.stopcovid.dialog;

/** Breaks a rule of the architecture, so that the rule is seen to work. */
final class ReadsFile {
  private ReadsFile() {}

  static boolean test(String name) {
    return java.nio.file.Files.exists(java.nio.file.Path.of(name));
  }
}

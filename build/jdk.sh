# Finds a JDK. Whoever takes this in has two functions: say, for what is said to people, and real_path, the file behind
# symbolic links.
needed=25

# Whether a folder holds a new enough JDK, by its release file: starting each java to ask takes too long.
is_jdk() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ -n "$value" ] && [ "$value" -ge "$needed" ]
      return
    fi
  done <"$1/release"
  return 1
}

# Sets $jdk.
find_jdk() {
  if [ -n "${DIALOG_JAVA_HOME:-}" ]; then
    jdk=$DIALOG_JAVA_HOME
    is_jdk "$jdk" && return
    say "DIALOG_JAVA_HOME is $jdk, which is no JDK $needed or newer."
    say "Point it to one, or unset it to let ./dialog look for one."
    exit 1
  fi
  on_path=$(command -v java) && on_path=$(real_path "$on_path") || on_path=/none/bin/java
  for jdk in \
    "${JAVA_HOME:-/none}" \
    "${on_path%/bin/java}" \
    /usr/lib/jvm/* \
    /usr/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/none}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/none}"/.sdkman/candidates/java/* \
    "${HOME:-/none}"/.jdks/*; do
    is_jdk "$jdk" && return
  done
  say "The Dialog Engine needs JDK $needed or newer, and none was found in JAVA_HOME, on the PATH or where JDKs"
  say "usually are. Install one (https://adoptium.net, or: sdk install java $needed-tem). If you have one elsewhere:"
  say "  export DIALOG_JAVA_HOME=/where/it/is"
  exit 1
}

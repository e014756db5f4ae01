# What the scripts of this folder share. A script begins with
#   . "$(dirname -- "$0")/lib.sh"
#   begin "what is tried"
# and needs a shell, curl and what ./dialog needs. All that it starts ends with it.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=${here%/build/faults}
dialog=$root/dialog
public=https://dialog.example.org
password=password-of-the-console
ana=+12025550101
ben=+12025550102
cid=+12025550103
SKIPPED=77
say() { printf '%s\n' "$*" >&2; }
real_path() { readlink -f "$1"; }
. "$root/build/jdk.sh"

# begin TITLE: makes a folder for this run alone.
begin() {
  folder=$(mktemp -d)
  pids=
  mounted=
  trap 'finish' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # Settings of whoever runs this are not those of the service that is tried.
  for name in $(env | sed -n 's/^\(\(DIALOG\|TWILIO\|REGISTRATION\)_[A-Z_]*\)=.*/\1/p'); do
    [ "$name" = DIALOG_JAVA_HOME ] || unset "$name"
  done
  export DIALOG_ADMIN_PASSWORD=$password DIALOG_SMS_GAP=100ms
  printf '{"acme":{"is_demo":false,"account_info":{"company":"Acme"}}}' >"$folder/codes.json"
  printf '\n# %s\n' "$1"
}

# Ends what was started, by its process id, and takes the folder away.
finish() {
  status=$?
  trap - EXIT
  for one in $pids; do
    kill -CONT "$one" 2>/dev/null || true
    kill "$one" 2>/dev/null || true
  done
  for one in $pids; do
    wait "$one" 2>/dev/null || true
  done
  for file in "$folder"/*/cluster/postmaster.pid; do
    end_postgres "$file"
  done
  [ "$status" -eq 0 ] || [ "$status" -eq "$SKIPPED" ] || show_all
  cd /
  [ -z "$mounted" ] || umount "$mounted"
  rm -rf "$folder"
  exit "$status"
}

# Ends a PostgreSQL that outlived its service.
end_postgres() {
  [ -f "$1" ] || return 0
  left=$(head -n 1 "$1")
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill -INT "$left" 2>/dev/null || return 0
    sleep 0.3
  done
  kill -KILL "$left" 2>/dev/null || true
}

show_all() {
  for file in "$folder"/*.out "$folder"/*.err; do
    [ ! -s "$file" ] || { printf '\n--- %s\n' "$(basename "$file")" && tail -n 30 "$file"; } >&2
  done
}

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

skip() {
  printf 'Not tried here: %s\n' "$1"
  exit "$SKIPPED"
}

# Says what is done next.
step() {
  printf '\n* %s\n' "$1"
}

# Shows lines, under what they are.
show() {
  printf '  %s:\n' "$1"
  sed 's/^/    | /'
}

# expect WHAT PATTERN TEXT: the text has the pattern (as grep has it).
expect() {
  printf '%s\n' "$3" | grep -q -e "$2" || fail "$1: there is no $2 in: $3"
  printf '  ok: %s\n' "$1"
}

# expect_not WHAT PATTERN TEXT
expect_not() {
  ! printf '%s\n' "$3" | grep -q -e "$2" || fail "$1: there is $2 in: $3"
  printf '  ok: %s\n' "$1"
}

# wait_for WHAT SECONDS COMMAND …: until the command succeeds.
wait_for() {
  what=$1
  tries=$(($2 * 5))
  shift 2
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail "waited too long until $what"
    sleep 0.2
  done
}

# Starts the stand-in for Twilio, and makes it the provider of what is started from now on.
stand_in() {
  classes=$root/testkit/target/classes
  [ -f "$classes/co/stopcovid/testkit/twilio/FakeTwilioProgram.class" ] || "$dialog" drills list >/dev/null
  find_jdk
  "$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$classes:$root/standalone/target/lib/*" \
    co.stopcovid.testkit.twilio.FakeTwilioProgram >"$folder/stand-in.out" 2>"$folder/stand-in.err" &
  pids="$pids $!"
  wait_for "the stand-in for Twilio listens" 20 grep -q '^control' "$folder/stand-in.out"
  api=$(sed -n 's/^api //p' "$folder/stand-in.out")
  control=$(sed -n 's/^control //p' "$folder/stand-in.out")
  export TWILIO_API_URL="$api" DIALOG_PUBLIC_URL="$public"
  export TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001
  export TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef
  export TWILIO_MESSAGING_SERVICE_SID=MG00000000000000000000000000000001
}

# Tells the stand-in: tell PATH NAME=VALUE …
tell() {
  path=$1
  shift
  for pair; do
    shift
    set -- "$@" --data-urlencode "$pair"
  done
  curl -sS --get "$@" "$control$path"
}

# start NAME [ARGUMENT …]: a service on the folder NAME, up to where it listens. Sets $pid and $url.
start() {
  name=$1
  shift
  : >"$folder/$name.out"
  : >"$folder/$name.err"
  "$dialog" serve --port 0 --data "$folder/$name" --codes "$folder/codes.json" "$@" \
    >"$folder/$name.out" 2>"$folder/$name.err" &
  pid=$!
  pids="$pids $pid"
  wait_for "the service listens" 40 listens_or_ended "$name" "$pid"
  kill -0 "$pid" 2>/dev/null || fail "the service ended"
  url=$(sed -n 's/.*listens on //p' "$folder/$name.out")
  wait_for "the service works or stands by" 20 is_ready
}

listens_or_ended() {
  grep -q 'listens on' "$folder/$1.out" || ! kill -0 "$2" 2>/dev/null
}

# refused NAME [ARGUMENT …]: a service that does not start. Sets $printed; the status must be 1.
refused() {
  name=$1
  shift
  status=0
  "$dialog" serve --port 0 --data "$folder/$name" "$@" >"$folder/$name.out" 2>&1 || status=$?
  printed=$(cat "$folder/$name.out")
  printf '%s\n' "$printed" | show "it prints, and ends with status $status"
  [ "$status" -eq 1 ] || fail "the exit status is $status"
}

# Stops a service in order, and waits for it.
stop() {
  kill "$1"
  wait "$1" 2>/dev/null || true
  forget "$1"
}

# What is no process of ours any more.
forget() {
  rest=
  for one in $pids; do
    [ "$one" = "$1" ] || rest="$rest $one"
  done
  pids=$rest
}

is_ready() {
  [ "$(curl -s -o /dev/null -w '%{http_code}' --max-time 5 "$url/health/ready")" = 200 ]
}

ready() {
  curl -sS --max-time 10 "$url/health/ready"
}

# ready_says PATTERN
ready_says() {
  ready | grep -q -e "$1"
}

show_ready() {
  { ready && echo; } | sed -e 's/,"\(database\|content\|provider\|consumers\|failing\)/,\n "\1/g' | show "readiness says"
}

# What the log tells above INFO. show_log NAME
show_log() {
  if grep -q -e ' WARN ' -e ' ERROR ' "$folder/$1.err"; then
    grep -e ' WARN ' -e ' ERROR ' "$folder/$1.err" | show "the log says"
  else
    printf '  the log says nothing above INFO\n'
  fi
}

# console [PAGE]: what a person sees there, without the marks of HTML; the overview if no page is named.
console() {
  cookie=$(curl -sS -o /dev/null -D - -H 'Sec-Fetch-Site: same-origin' \
    --data-urlencode "password=$password" "$url/console/sign-in" |
    tr -d '\r' | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p')
  curl -sS -H "Cookie: $cookie" "$url/console${1:+/}${1:-}" | sed -n '/<main/,/<\/main>/p' |
    sed -e 's/<[^>]*>/ /g' -e "s/&#39;/'/g" -e 's/&#34;/"/g' -e 's/&amp;/\&/g' -e 's/&lt;/</g' -e 's/&gt;/>/g' |
    sed -e 's/  */ /g' -e 's/^ //' -e '/^ *$/d'
}

# says PHONE TEXT: a learner's message comes in; prints the status, 200 when it is taken in. Twilio's id of it is
# $sid, or a new one.
says() {
  tell /says "service=$url" "public=$public" "from=$1" "text=$2" "sid=${3:-$(new_sid)}"
}

new_sid() {
  printf 'SM%032x' "$(date +%s%N | cut -c 1-18)"
}

# taken PHONE TEXT: the same, and it must be taken in.
taken() {
  answered=$(says "$1" "$2")
  [ "$answered" = 200 ] || fail "a learner's message was answered with $answered"
}

# handed_over PHONE SID: the same message as before, as Twilio sends it again.
handed_over() {
  [ "$(says "$1" acme "$2")" = 200 ]
}

texts() {
  tell /texts "to=$1"
}

has_texts() {
  [ "$(texts "$1" | wc -l)" -ge "$2" ]
}

# gets PHONE COUNT [SECONDS]: waits until the phone has got so many messages in all.
gets() {
  wait_for "$1 has got $2 messages" "${3:-20}" has_texts "$1" "$2"
}

# Registers, and begins with the first drill, in three messages.
registers() {
  taken "$1" acme
  gets "$1" 1
  taken "$1" 1
  gets "$1" 3
}

# Goes on to the second question of the first drill, to seven messages in all.
goes_on() {
  taken "$1" Ana
  gets "$1" 5
  taken "$1" soap
  gets "$1" 7
}

# Each phone got the texts of one that nothing was in the way of, once each and in this order.
all_there() {
  for phone; do
    gets "$phone" 7
    texts "$phone" >"$folder/texts"
    [ "$(wc -l <"$folder/texts")" -eq 7 ] || fail "$phone got $(wc -l <"$folder/texts") messages, not 7"
    [ -z "$(sort "$folder/texts" | uniq -d)" ] || fail "$phone got a message twice"
    expect "$phone got every message once, in order" \
      '^Hygiene.* Welcome.* name?.* Thank you.* Water .* Correct.* ' "$(tr '\n' ' ' <"$folder/texts")"
  done
}

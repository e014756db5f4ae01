package co.stopcovid.standalone.console;

import co.stopcovid.adapters.twilio.TwilioErrors;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.desk.HeldMessages;
import co.stopcovid.desk.Learners;
import co.stopcovid.desk.Letters;
import co.stopcovid.desk.Messages;
import co.stopcovid.desk.Result;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.ParkedFilter;
import co.stopcovid.sms.ParkedMessages.Decided;
import co.stopcovid.sms.ParkedWindow;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.Undelivered;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What waits for a person: messages nobody answered or sent, and what could not be processed. */
public final class AttentionSection implements Section {
  private static final String PATH = "/console/attention";
  private static final int MOST = 50;
  private static final Duration LOOKING_BACK = Duration.ofDays(7);
  private static final int LONGEST_PAYLOAD = 4_000;

  private final Messages messages;
  private final HeldMessages held;
  private final Learners learners;
  private final Letters letters;
  private final InstantSource clock;

  public AttentionSection(
      Messages messages,
      HeldMessages held,
      Learners learners,
      Letters letters,
      InstantSource clock) {
    this.messages = messages;
    this.held = held;
    this.learners = learners;
    this.letters = letters;
    this.clock = clock;
  }

  /** What was done, for the one who did it. */
  enum Done {
    ANSWERED("The answer is on its way."),
    SETTLED("The message is settled."),
    RELEASED("The message will be sent."),
    GIVEN_UP("The message will not be sent."),
    ALL_RELEASED("The messages will be sent, but for those that are too late."),
    ALL_GIVEN_UP("The messages will not be sent."),
    REDRIVEN("The command is processed again."),
    DROPPED("The dead letter is gone.");

    final String words;

    Done(String words) {
      this.words = words;
    }

    private String path() {
      return PATH + Given.query("done", name());
    }
  }

  /**
   * What the page shows: of each kind the oldest.
   *
   * @param done what was done just now; empty for nothing
   * @param reasons for which messages are held back
   * @param shown when; what is held back later is not decided about
   */
  record View(
      String done,
      List<ReceivedMessage> unhandled,
      List<ParkedWindow> parked,
      List<String> reasons,
      Instant shown,
      List<Undelivered.Count> undelivered,
      List<LearnerProgress> silent,
      List<DeadLetters.Stored> letters) {
    boolean isEmpty() {
      return Stream.of(unhandled, parked, undelivered, silent, letters).allMatch(List::isEmpty);
    }

    /** What to do about a reason; empty when nobody knows. */
    static String advice(Undelivered.Count count) {
      return TwilioErrors.inReason(count.reason()).map(TwilioErrors.Known::advice).orElse("");
    }

    /** As many as a page bears. */
    static List<LedgerEntry> some(List<LedgerEntry> messages) {
      return messages.subList(0, Math.min(MOST, messages.size()));
    }

    /** Whether there may be more than is shown. */
    static boolean isCut(List<?> list) {
      return list.size() == MOST;
    }

    static boolean canBeRedriven(DeadLetter letter) {
      return letter.source().equals(DeadLetter.COMMANDS);
    }

    /** The beginning of what came, which may be anything. */
    static String payload(DeadLetter letter) {
      String payload = letter.payload();
      return payload.length() <= LONGEST_PAYLOAD
          ? payload
          : payload.substring(0, LONGEST_PAYLOAD) + "…";
    }

    static String action(ReceivedMessage message, String what) {
      return "%s/unhandled/%s/%s/%s"
          .formatted(PATH, Given.encode(message.phone().value()), message.seq(), what);
    }

    static String action(String what) {
      return PATH + "/parked/" + what;
    }

    static String action(LedgerEntry entry, String what) {
      return "%s/parked/%s/%s/%s"
          .formatted(PATH, Given.encode(entry.id().phone().value()), entry.id().token(), what);
    }

    static String action(DeadLetters.Stored stored, String what) {
      return "%s/dead-letters/%d/%s".formatted(PATH, stored.id(), what);
    }
  }

  @Override
  public Link link() {
    return new Link("Attention", PATH);
  }

  @Override
  public List<Step> steps() {
    return List.of(
        Step.show(PATH, this::show),
        Step.act(PATH + "/unhandled/{phone}/{seq}/answer", this::answer),
        Step.act(PATH + "/unhandled/{phone}/{seq}/settle", this::settle),
        Step.act(PATH + "/parked/{phone}/{id}/release", this::release),
        Step.act(PATH + "/parked/{phone}/{id}/drop", this::giveUp),
        Step.act(PATH + "/parked/release", this::releaseAll),
        Step.act(PATH + "/parked/drop", this::giveUpAll),
        Step.act(PATH + "/dead-letters/{id}/redrive", this::redrive),
        Step.act(PATH + "/dead-letters/{id}/drop", this::drop));
  }

  private Answer show(Context context) {
    Instant now = clock.instant();
    List<ParkedWindow> windows = held.windows(Console.PERSON).orElseThrow(Problem::of).windows();
    var view =
        new View(
            words(context.queryParam("done")),
            messages.unhandled(Console.PERSON, null, MOST).orElseThrow(Problem::of),
            windows.stream().limit(MOST).toList(),
            windows.stream().map(ParkedWindow::reason).distinct().sorted().toList(),
            now,
            messages
                .undelivered(Console.PERSON, now.minus(LOOKING_BACK), MOST)
                .orElseThrow(Problem::of),
            learners.silent(Console.PERSON, null, MOST).orElseThrow(Problem::of),
            letters.page(Console.PERSON, null, 0, MOST).orElseThrow(Problem::of));
    return new Answer.Show("attention.jte", "Needs attention", view);
  }

  private static String words(@Nullable String done) {
    return Arrays.stream(Done.values())
        .filter(known -> known.name().equals(done))
        .map(known -> known.words)
        .findFirst()
        .orElse("");
  }

  private Answer answer(Context context) throws IOException {
    String text = Given.form(context).getOrDefault("message", "").strip();
    return done(messages.answer(Console.PERSON, phone(context), seq(context), text), Done.ANSWERED);
  }

  private Answer settle(Context context) {
    return done(messages.settle(Console.PERSON, phone(context), seq(context)), Done.SETTLED);
  }

  private static SequenceNumber seq(Context context) {
    return Given.parse(context.pathParam("seq"), SequenceNumber::parse);
  }

  private static Answer done(Result<?> result, Done done) {
    result.orElseThrow(Problem::of);
    return new Answer.Go(done.path());
  }

  private static PhoneNumber phone(Context context) {
    return Given.parse(context.pathParam("phone"), PhoneNumber::new);
  }

  private Answer release(Context context) {
    held.release(Console.PERSON, message(context)).orElseThrow(Problem::of);
    return new Answer.Go(Done.RELEASED.path());
  }

  private Answer giveUp(Context context) {
    held.drop(Console.PERSON, message(context)).orElseThrow(Problem::of);
    return new Answer.Go(Done.GIVEN_UP.path());
  }

  private Answer releaseAll(Context context) throws IOException {
    return decided(held.release(Console.PERSON, meant(context)), Done.ALL_RELEASED);
  }

  private Answer giveUpAll(Context context) throws IOException {
    return decided(held.drop(Console.PERSON, meant(context)), Done.ALL_GIVEN_UP);
  }

  /** A window by its hidden fields, or what somebody filled in. */
  private static ParkedFilter meant(Context context) throws IOException {
    Map<String, String> form = Given.form(context);
    String number = form.getOrDefault("number", "").replaceAll("[\\s().-]", "");
    String reason = form.getOrDefault("reason", "");
    ParkedFilter filter;
    try {
      filter =
          new ParkedFilter(
              number.isEmpty() ? null : new PhoneNumber(number),
              reason.isEmpty() ? null : reason,
              time(form, "since"),
              time(form, "until"));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
    if (filter.phone() == null && filter.reason() == null) {
      throw Problem.badRequest("choose a number or a reason");
    }
    return filter;
  }

  private static @Nullable Instant time(Map<String, String> form, String name) {
    String text = form.getOrDefault(name, "");
    return text.isEmpty() ? null : Instant.parse(text);
  }

  private static Answer decided(Result<Decided> result, Done done) {
    Decided decided = result.orElseThrow(Problem::of);
    if (decided.messages() > 0) {
      return new Answer.Go(done.path());
    }
    throw Problem.conflict(
        decided.tooLate() > 0
            ? "it is too late to send them; they can be given up"
            : "nothing is held back that this fits, or not any more");
  }

  private static OutboundId message(Context context) {
    return OutboundId.of(phone(context), context.pathParam("id"))
        .orElseThrow(() -> Problem.badRequest("the address is not one of the console's"));
  }

  private Answer redrive(Context context) {
    return done(letters.redrive(Console.PERSON, letter(context)), Done.REDRIVEN);
  }

  private Answer drop(Context context) {
    return done(letters.drop(Console.PERSON, letter(context)), Done.DROPPED);
  }

  private static long letter(Context context) {
    return Given.parse(context.pathParam("id"), Long::valueOf);
  }
}

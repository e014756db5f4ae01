package co.stopcovid.dialog;

import co.stopcovid.common.Language;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.UserUpdated;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.dialog.DialogEvent.UserValidationFailed;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.Keywords.Heard;
import co.stopcovid.drills.Keywords.Request;
import co.stopcovid.drills.LocalizedPrompt;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a learner's message, up to the answer of a prompt: the rules of INBOUND_SMS by the
 * numbers that DOMAIN.md gives them. The first that fits decides.
 */
final class InboundRules {
  /** The field of the webhook's form in which the provider says what it took a message for. */
  private static final String PROVIDER_VERDICT = "OptOutType";

  private final DialogState state;
  private final ReceiveSms sms;
  private final Facts facts;
  private final Heard heard;

  InboundRules(DialogState state, ReceiveSms sms, Facts facts) {
    this.state = state;
    this.sms = sms;
    this.facts = facts;
    heard = heard(sms, state.profile(), facts.keywords());
  }

  /** What has to be known to decide on a message. */
  static Question question(DialogState state, ReceiveSms sms, Keywords keywords) {
    UserProfile profile = state.profile();
    if (profile.optedOut() || (!mayRegister(profile) && state.current() != null)) {
      return new Question.None();
    }
    Heard heard = heard(sms, profile, keywords);
    boolean settled =
        heard.is(Request.REACTION) || isHelp(heard, state, sms) || isOptOut(heard, state, sms);
    if (mayRegister(profile) && !settled) {
      List<RegistrationCode> codes = RegistrationCode.in(sms.body(), keywords);
      if (!codes.isEmpty()) {
        return new Question.IsCodeValid(codes, heard.is(Request.LANGUAGE));
      }
    }
    return heard.is(Request.LANGUAGE) && !settled
        ? new Question.WhichLanguages()
        : new Question.None();
  }

  /** Whether a message is a wish to get no more, by what is known without the learner's state. */
  static boolean isOptOut(ReceiveSms sms, Keywords keywords) {
    return heard(sms, UserProfile.NEW, keywords).isOptOut();
  }

  /** The same, when what waits for an answer is known. */
  static boolean isOptOut(DialogState state, ReceiveSms sms, Keywords keywords) {
    return isOptOut(heard(sms, state.profile(), keywords), state, sms);
  }

  /** The provider's own verdict, else what the words say. */
  private static Heard heard(ReceiveSms sms, UserProfile profile, Keywords keywords) {
    String verdict = sms.webhook().get(PROVIDER_VERDICT);
    if (verdict != null) {
      switch (verdict.strip().toUpperCase(Locale.ROOT)) {
        case "STOP" -> {
          return Heard.of(Request.PROVIDER_OPT_OUT);
        }
        case "HELP" -> {
          return Heard.of(Request.PROVIDER_HELP);
        }
        case "START" -> {
          if (profile.optedOut()) {
            return Heard.of(Request.OPT_IN);
          }
        }
        default -> {}
      }
    }
    return keywords.hear(sms.body());
  }

  /** Empty when the message is for the prompt that waits. */
  Optional<Decision> decide() {
    if (heard.is(Request.REACTION)) {
      return nothing(NoEvents.REACTION);
    }
    if (heard.is(Request.PROVIDER_HELP)) {
      return nothing(NoEvents.HELP_ANSWERED_BY_PROVIDER);
    }
    if (ProviderOptOut.isOutdated(state, sms)) {
      return nothing(NoEvents.OPTED_IN_SINCE);
    }
    boolean optedOut = state.profile().optedOut();
    if (!optedOut && isHelp(heard, state, sms)) {
      return happened(reply("help"));
    }
    if (isOptOut(heard, state, sms)) {
      boolean confirmed = heard.is(Request.PROVIDER_OPT_OUT);
      return happened(new OptedOut(facts.now(), Dialog.instanceOf(state), confirmed));
    }
    if (optedOut) {
      return heard.is(Request.OPT_IN)
          ? happened(new NextDrillRequested(facts.now()))
          : nothing(NoEvents.OPTED_OUT);
    }
    return registration().or(this::language).or(this::apartFromPrompts);
  }

  /** Rule 4. */
  private Optional<Decision> registration() {
    if (!mayRegister(state.profile())) {
      return Optional.empty();
    }
    return switch (facts.code()) {
      case CodeVerdict.Valid(boolean isDemo, AccountInfo account) ->
          happened(new UserValidated(facts.now(), isDemo, account));
      case CodeVerdict.Unavailable(String reason) -> Optional.of(new Decision.NotNow(reason, null));
      case CodeVerdict.Pending() ->
          Optional.of(
              new Decision.NotNow("the registration service is being asked", facts.awaited()));
      case CodeVerdict.Invalid() -> {
        if (state.profile().validated()) {
          yield Optional.empty();
        }
        Language named = heard.language();
        yield named != null && facts.isTaught(named)
            ? happened(languageChanged(named))
            : happened(new UserValidationFailed(facts.now()));
      }
    };
  }

  /** Rule 5. */
  private Optional<Decision> language() {
    if (!heard.is(Request.LANGUAGE)) {
      return Optional.empty();
    }
    CurrentDrill current = state.current();
    boolean waits = current != null && current.prompt() != null;
    if (waits && (!isGraded(state) || isAnswer(state, sms))) {
      return Optional.empty();
    }
    Language named = heard.language();
    if (named == null || !isTaught(named)) {
      return happened(reply("which_language"));
    }
    return happened(languageChanged(named));
  }

  private boolean isTaught(Language language) {
    CurrentDrill current = state.current();
    return current == null
        ? facts.isTaught(language)
        : current.drill().languages().contains(language);
  }

  /** Rules 7 and 8, where no prompt waits. */
  private Optional<Decision> apartFromPrompts() {
    CurrentDrill current = state.current();
    if (current != null && current.prompt() != null) {
      return Optional.empty();
    }
    if (heard.is(Request.MORE)) {
      return happened(new NextDrillRequested(facts.now()));
    }
    boolean thanks = facts.keywords().isCourtesy(sms.body());
    return nothing(thanks ? NoEvents.COURTESY : NoEvents.UNHANDLED);
  }

  private static boolean isHelp(Heard heard, DialogState state, ReceiveSms sms) {
    return heard.is(Request.PROVIDER_HELP)
        || (heard.is(Request.HELP) && !isAnswer(state, sms))
        || (heard.is(Request.HELP_QUESTION) && !isAnswer(state, sms) && !isOutsideForm(state, sms));
  }

  private static boolean isOptOut(Heard heard, DialogState state, ReceiveSms sms) {
    return heard.is(Request.PROVIDER_OPT_OUT)
        || heard.is(Request.OPT_OUT)
        || (heard.is(Request.WISH_TO_LEAVE) && !isAnswer(state, sms));
  }

  /** Whether a graded prompt waits, and the message is right for it or one of its options. */
  private static boolean isAnswer(DialogState state, ReceiveSms sms) {
    LocalizedPrompt waiting = waiting(state);
    return waiting != null && waiting.isAnswer(sms.body());
  }

  /** Whether a prompt waits that wants a reply of a form, and the message has another. */
  private static boolean isOutsideForm(DialogState state, ReceiveSms sms) {
    LocalizedPrompt waiting = waiting(state);
    return waiting != null && waiting.kept(sms.body()).isEmpty();
  }

  private static @Nullable LocalizedPrompt waiting(DialogState state) {
    CurrentDrill current = state.current();
    return current == null || current.prompt() == null
        ? null
        : current.drill().in(state.profile().language()).prompt(current.prompt().slug());
  }

  private static boolean isGraded(DialogState state) {
    CurrentDrill current = state.current();
    return current != null
        && current.prompt() != null
        && current.drill().drill().find(current.prompt().slug()).orElseThrow().isGraded();
  }

  /** Whether a message that is no keyword is read as a registration code. */
  private static boolean mayRegister(UserProfile profile) {
    return !profile.optedOut() && (!profile.validated() || profile.isDemo());
  }

  private UserUpdated languageChanged(Language language) {
    return Dialog.updated(
        state,
        ProfileChanges.language(language),
        /* purge= */ false,
        /* sentBy= */ null,
        facts.now());
  }

  private AdHocMessageSent reply(String label) {
    return new AdHocMessageSent(
        facts.now(), new AdHocText.Label(label), /* reply= */ true, /* sentBy= */ null);
  }

  private static Optional<Decision> happened(DialogEvent event) {
    return Optional.of(new Decision.Happened(List.of(event)));
  }

  private static Optional<Decision> nothing(NoEvents reason) {
    return Optional.of(new Decision.Nothing(reason));
  }
}

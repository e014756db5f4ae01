package co.stopcovid.standalone.simulate;

import co.stopcovid.dialog.Decision.NoEvents;

/** Why nothing came of what was typed, in words. */
final class Remarks {
  private Remarks() {}

  static String on(NoEvents reason) {
    return switch (reason) {
      case HELP_ANSWERED_BY_PROVIDER ->
          "HELP is answered by the SMS provider. For the simulator's own help, type /help.";
      case OPTED_OUT -> "You have opted out, so nothing is sent. Text START to come back.";
      case OPTED_IN_SINCE -> "The provider's report is older than your START.";
      case NOT_VALIDATED -> "You are not registered yet, so no drill starts. Text your code first.";
      case OTHER_DRILL -> "You are in no drill that could be reminded of.";
      case OTHER_PROMPT -> "No prompt waits for an answer.";
      case ALREADY_REMINDED -> "You were reminded of this prompt already; it is done once only.";
      case REACTION -> "That is a phone's report of a reaction; it needs no answer.";
      case COURTESY -> "That needs no answer. (MORE asks for the next drill.)";
      case UNHANDLED ->
          "No rule fits this message. It is marked unhandled, so that a person can see it."
              + " (MORE asks for the next drill.)";
    };
  }
}

package co.stopcovid.adapters.twilio;

import co.stopcovid.sms.OutboundMessage;
import com.twilio.rest.api.v2010.account.Message;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Recognises a message of ours in Twilio's list. */
final class SentText {
  /** What Twilio puts in front of the messages of an account on trial. */
  private static final String TRIAL = letters("Sent from your Twilio trial account - ");

  private SentText() {}

  static boolean isSame(OutboundMessage ours, Message theirs) {
    if (theirs.getDirection() == Message.Direction.INBOUND) {
      return false;
    }
    boolean hasMedia = theirs.getNumMedia() != null && !theirs.getNumMedia().equals("0");
    return hasMedia == (ours.mediaUrl() != null) && isSame(ours.body(), theirs.getBody());
  }

  /**
   * Twilio's smart encoding replaces quotation marks, dashes and spaces, so that only letters and
   * digits can be relied on; where there are none, all the rest.
   */
  static boolean isSame(@Nullable String ours, @Nullable String theirs) {
    String our = ours == null ? "" : ours;
    String their = theirs == null ? "" : theirs;
    String ourLetters = letters(our);
    if (ourLetters.isEmpty()) {
      return our.strip().equals(their.strip());
    }
    String theirLetters = letters(their);
    return theirLetters.equals(ourLetters) || theirLetters.equals(TRIAL + ourLetters);
  }

  private static String letters(String text) {
    var letters = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }
}

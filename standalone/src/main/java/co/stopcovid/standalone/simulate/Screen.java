package co.stopcovid.standalone.simulate;

import co.stopcovid.sms.OutboundMessage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the conversation is shown and typed. One thread reads; any may show something. */
public interface Screen {
  /** What the learner types next; null when there is no more. */
  @Nullable String read() throws IOException;

  /** A message to the learner. */
  void message(OutboundMessage message);

  /** What the learner said without typing it here: before, or on another phone. */
  void said(String text);

  /** A remark about the conversation, which is no message. */
  void note(String text);

  /** What a slash command shows; may have several lines. */
  void show(String text);
}

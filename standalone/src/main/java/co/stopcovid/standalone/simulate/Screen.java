package co.stopcovid.standalone.simulate;

import co.stopcovid.sms.OutboundMessage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the conversation is shown and typed. */
public interface Screen {
  /** What the learner types next; null when there is no more. */
  @Nullable String read() throws IOException;

  /** A message to the learner. */
  void message(OutboundMessage message);

  /** A remark about the conversation, which is no message. */
  void note(String text);

  /** What a slash command shows; may have several lines. */
  void show(String text);
}

package co.stopcovid.aws.local;

import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.aws.handling.WebhookHandling;
import co.stopcovid.aws.kinesis.CommandKeys;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.OverloadedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Between the simulated phones and the webhook, as the provider is: what a learner writes is posted
 * as a signed form, and so becomes a command.
 */
final class PhoneProvider implements CommandStream {
  private static final String NUMBER = "+12025550100";
  private static final int OK = 200;

  private final LocalApi api;
  private final CommandKeys keys;
  private final String publicUrl;
  private final TwilioSignature signature = new TwilioSignature(List.of(LocalStage.AUTH_TOKEN));

  /**
   * @param keys tell the number of a message that was taken in
   * @param publicUrl what is signed, without a path
   */
  PhoneProvider(LocalApi api, CommandKeys keys, String publicUrl) {
    this.api = api;
    this.keys = keys;
    this.publicUrl = publicUrl;
  }

  @Override
  public List<SequenceNumber> append(List<NewCommand> commands) {
    List<SequenceNumber> numbers = new ArrayList<>();
    for (NewCommand command : commands) {
      if (!(command.command() instanceof ReceiveSms sms)) {
        throw new IllegalArgumentException("a phone sends messages only");
      }
      numbers.add(post(sms));
    }
    return numbers;
  }

  private SequenceNumber post(ReceiveSms sms) {
    String sid = String.valueOf(sms.webhook().get("MessageSid"));
    Map<String, List<String>> form = new LinkedHashMap<>();
    form.put("AccountSid", List.of(LocalStage.ACCOUNT_SID));
    form.put("MessagingServiceSid", List.of(LocalStage.MESSAGING_SERVICE_SID));
    form.put("MessageSid", List.of(sid));
    form.put("From", List.of(sms.phone().value()));
    form.put("To", List.of(NUMBER));
    form.put("Body", List.of(sms.body()));
    String signed = signature.sign(publicUrl + WebhookHandling.PATH, form);
    int status =
        api.call(
                WebhookHandling.PATH,
                null,
                Map.of(
                    "content-type",
                    "application/x-www-form-urlencoded",
                    TwilioSignature.HEADER.toLowerCase(Locale.ROOT),
                    signed),
                encoded(form))
            .getStatusCode();
    SequenceNumber number = status == OK ? keys.find(Set.of(sid)).get(sid) : null;
    if (number == null) {
      throw new OverloadedException("messages", 1);
    }
    return number;
  }

  private static byte[] encoded(Map<String, List<String>> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue().getFirst()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.twilio.TwilioForm;
import co.stopcovid.adapters.twilio.TwilioIntake;
import co.stopcovid.adapters.twilio.TwilioSignature;
import co.stopcovid.aws.handling.WebhookHandling;
import co.stopcovid.aws.local.LocalContext;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.DeliveryReports;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookFunctionTest {
  private static final String PUBLIC = "https://dialog.example.org";
  private static final String MESSAGE =
      "MessageSid=SM1&From=%2B12025550123&Body=hello&Twice=b&Twice=a";

  private final RecordedCommands commands = new RecordedCommands();
  private final List<DeliveryReport> reports = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final WebhookFunction function =
      new WebhookFunction(
          new WebhookHandling(
              () ->
                  new TwilioIntake(
                      PUBLIC,
                      new TwilioSignature(List.of("new token", "old token")),
                      commands,
                      report -> {
                        reports.add(report);
                        return DeliveryReports.Outcome.WRITTEN;
                      },
                      letters::addAll,
                      new TestClock(Samples.NOON))));

  private APIGatewayV2HTTPResponse post(String query, String body, String token) {
    String url = PUBLIC + "/webhooks/twilio" + (query.isEmpty() ? "" : "?" + query);
    String signature =
        new TwilioSignature(List.of(token)).sign(url, TwilioForm.parse(body, 100).all());
    return function.handleRequest(
        APIGatewayV2HTTPEvent.builder()
            .withRawPath("/webhooks/twilio")
            .withRawQueryString(query)
            .withHeaders(Map.of("x-twilio-signature", signature))
            .withIsBase64Encoded(true)
            .withBody(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)))
            .build(),
        new LocalContext("webhook", Duration.ofSeconds(10)));
  }

  @Test
  void aMessageIsACommandBeforeItIsAnswered() {
    APIGatewayV2HTTPResponse answer = post("", MESSAGE, "new token");
    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody()).endsWith("<Response></Response>");
    assertThat(answer.getHeaders()).containsEntry("Content-Type", "text/xml; charset=utf-8");
    assertThat(commands.all())
        .extracting(DialogCommand::phone)
        .containsExactly(new PhoneNumber("+12025550123"));
  }

  @Test
  void theSecondTokenSignsTooAndNoOther() {
    assertThat(post("", MESSAGE, "old token").getStatusCode()).isEqualTo(200);
    assertThat(post("", MESSAGE, "another token").getStatusCode()).isEqualTo(403);
    assertThat(commands.all()).hasSize(1);
  }

  @Test
  void aReportGoesToItsQueueWithTheRawQuerySigned() {
    String report = "MessageSid=SM9&MessageStatus=delivered&To=%2B12025550123";
    assertThat(post("message=1%2d0", report, "new token").getStatusCode()).isEqualTo(200);
    assertThat(reports).extracting(DeliveryReport::token).containsExactly("1-0");
    assertThat(commands.all()).isEmpty();
  }

  @Test
  void whatCannotBeStoredIsToComeAgain() {
    commands.failWith(new IllegalStateException("out of reach"));
    assertThat(post("", MESSAGE, "new token").getStatusCode()).isEqualTo(503);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    assertThat(post("", "Body=" + "x".repeat(70_000), "new token").getStatusCode()).isEqualTo(413);
  }

  @Test
  void aMessageThatIsNoneIsKept() {
    assertThat(post("", "Body=hello", "new token").getStatusCode()).isEqualTo(200);
    assertThat(letters).extracting(DeadLetter::payload).containsExactly("Body=hello");
  }
}

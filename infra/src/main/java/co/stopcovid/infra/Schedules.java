package co.stopcovid.infra;

import static co.stopcovid.infra.Ability.allow;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnSchedule.FlexibleTimeWindowProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.RetryPolicyProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.TargetProperty;
import software.constructs.Construct;

/** What happens by the clock. Each schedule may call its one target and nothing else. */
final class Schedules {
  private static final int MOST_RETRIES = 185;

  private final Construct scope;
  private final Names names;

  Schedules(Construct scope, Names names) {
    this.scope = scope;
    this.names = names;
  }

  /** Calls a function so often that a call which fails need not be repeated. */
  void often(DeployedFunction function, String expression) {
    function
        .live()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .retryAttempts(0)
                .maxEventAge(Duration.minutes(1))
                .build());
    schedule(function.spec().name(), expression, invoke(function.live()), "{}", 60);
  }

  /**
   * Calls a function at a time of the day, and again for two hours: a late run still counts for its
   * day, and one that has nothing left to do does nothing.
   */
  void daily(DeployedFunction function, LocalTime time) {
    function
        .live()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .retryAttempts(2)
                .maxEventAge(Duration.minutes(30))
                .build());
    schedule(
        function.spec().name(),
        "cron(%d %d,%d,%d * * ? *)"
            .formatted(
                time.getMinute(),
                time.getHour(),
                time.plusHours(1).getHour(),
                time.plusHours(2).getHour()),
        invoke(function.live()),
        "{}",
        1800);
  }

  /** Calls a function that has a schedule of its own for something else as well. */
  void besides(DeployedFunction function, String name, String expression, String input) {
    schedule(name, expression, invoke(function.live()), input, 60);
  }

  /** Puts a message into a queue. */
  void message(String name, String expression, String queueArn, String body) {
    schedule(name, expression, new Target(queueArn, "sqs:SendMessage"), body, 60);
  }

  private static Target invoke(Alias alias) {
    return new Target(alias.getFunctionArn(), "lambda:InvokeFunction");
  }

  private record Target(String arn, String action) {}

  private void schedule(String name, String expression, Target target, String input, int age) {
    Role role =
        Role.Builder.create(scope, name + "-schedule-role")
            .assumedBy(
                new PrincipalWithConditions(
                    new ServicePrincipal("scheduler.amazonaws.com"),
                    Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
            .inlinePolicies(
                Map.of(
                    "target",
                    PolicyDocument.Builder.create()
                        .statements(List.of(allow(List.of(target.action()), target.arn())))
                        .build()))
            .build();
    CfnSchedule.Builder.create(scope, name + "-schedule")
        .name(names.function(name))
        .scheduleExpression(expression)
        .scheduleExpressionTimezone("UTC")
        .flexibleTimeWindow(FlexibleTimeWindowProperty.builder().mode("OFF").build())
        .target(
            TargetProperty.builder()
                .arn(target.arn())
                .roleArn(role.getRoleArn())
                .input(input)
                .retryPolicy(
                    RetryPolicyProperty.builder()
                        .maximumEventAgeInSeconds(age)
                        .maximumRetryAttempts(Math.min(age / 60, MOST_RETRIES))
                        .build())
                .build())
        .build();
  }
}

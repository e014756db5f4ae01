package co.stopcovid.infra;

import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/** Alarms that tell a topic when they begin and when they end. */
final class Alarms {
  private final Construct scope;
  private final Names names;
  private final SnsAction tell;

  Alarms(Construct scope, Names names, ITopic topic) {
    this.scope = scope;
    this.names = names;
    this.tell = new SnsAction(topic);
  }

  /** When there is one at all within a minute. */
  void any(String name, IMetric metric, String meaning) {
    above(name, metric, 0, 1, meaning);
  }

  /** When it was above the threshold for some minutes without a break. */
  void above(String name, IMetric metric, double threshold, int minutes, String meaning) {
    tell(
        alarm(name, metric, minutes, meaning)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .threshold(threshold)
            .treatMissingData(TreatMissingData.NOT_BREACHING));
  }

  /** When there was none for some minutes. */
  void silent(String name, IMetric metric, int minutes, String meaning) {
    tell(
        alarm(name, metric, minutes, meaning)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .threshold(1)
            .treatMissingData(TreatMissingData.BREACHING));
  }

  private Alarm.Builder alarm(String name, IMetric metric, int minutes, String meaning) {
    return Alarm.Builder.create(scope, name)
        .alarmName(names.function(name))
        .alarmDescription(meaning + " (docs/aws.md, \"Alarms\")")
        .metric(metric)
        .evaluationPeriods(minutes);
  }

  private void tell(Alarm.Builder builder) {
    Alarm alarm = builder.build();
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}

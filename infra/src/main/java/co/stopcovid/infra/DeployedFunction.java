package co.stopcovid.infra;

import static co.stopcovid.infra.Ability.allow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.Version;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * A function with its role, its log and its alias {@code live}. Everything calls the alias: only a
 * published version starts from a snapshot, and the alias can be put back to an earlier one.
 */
final class DeployedFunction {
  private static final List<String> NETWORK_INTERFACES =
      List.of(
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  private static final String SNAP_START = "@aws-cdk/aws-lambda:snapStartRequirePublish";

  private final FunctionSpec spec;
  private final Version version;
  private final Alias live;

  DeployedFunction(
      Construct scope,
      FunctionSpec spec,
      StageSettings settings,
      Arns arns,
      DatabaseStack network) {
    this.spec = spec;
    String name = settings.names().function(spec.name());
    LogGroup log =
        LogGroup.Builder.create(scope, spec.name() + "-log")
            .logGroupName("/aws/lambda/" + name)
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(scope, spec.name() + "-role")
            .roleName(name + "-" + Aws.REGION)
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .inlinePolicies(Map.of("duties", duties(arns, name)))
            .build();
    var function =
        Function.Builder.create(scope, spec.name())
            .functionName(name)
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .code(Code.fromAsset(settings.code().toString()))
            .handler(spec.handler())
            .memorySize(spec.memory())
            .timeout(Duration.seconds(spec.seconds()))
            .environment(environment(settings))
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .tracing(Tracing.ACTIVE)
            .logGroup(log)
            // What the role may do stands above, all of it.
            .role(role.withoutPolicyUpdates())
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build());
    if (spec.inNetwork()) {
      function
          .vpc(network.vpc())
          .vpcSubnets(DatabaseStack.functionSubnets())
          .securityGroups(List.of(network.functionsGroup()));
    }
    Function built = function.build();
    version = built.getCurrentVersion();
    Annotations.of(built).acknowledgeWarning(SNAP_START, "everything calls a published version");
    live =
        Alias.Builder.create(scope, spec.name() + "-live")
            .aliasName("live")
            .version(version)
            .build();
  }

  FunctionSpec spec() {
    return spec;
  }

  Alias live() {
    return live;
  }

  /** The number of the published version; another one means other code or settings. */
  String version() {
    return version.getVersion();
  }

  private Map<String, String> environment(StageSettings settings) {
    var environment = new TreeMap<>(spec.environment());
    environment.put("STAGE", settings.names().stage());
    return environment;
  }

  private PolicyDocument duties(Arns arns, String name) {
    var statements = new ArrayList<>(spec.statements());
    statements.add(
        allow(
            List.of("logs:CreateLogStream", "logs:PutLogEvents"),
            arns.logGroup("/aws/lambda/" + name) + ":log-stream:*"));
    // X-Ray has no resources.
    statements.add(allow(List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*"));
    if (spec.inNetwork()) {
      // Lambda makes the interfaces itself, and asks for these on everything.
      statements.add(allow(NETWORK_INTERFACES, "*"));
      statements.add(notForItsOwnCode(arns));
    }
    return PolicyDocument.Builder.create().statements(statements).build();
  }

  private PolicyStatement notForItsOwnCode(Arns arns) {
    return PolicyStatement.Builder.create()
        .effect(Effect.DENY)
        .actions(NETWORK_INTERFACES)
        .resources(List.of("*"))
        .conditions(
            Map.of("ArnEquals", Map.of("lambda:SourceFunctionArn", arns.function(spec.name()))))
        .build();
  }
}

package co.stopcovid.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * A function as it stands in the list.
 *
 * @param name such as {@code webhook}
 * @param type the simple name of its class in {@code co.stopcovid.aws.lambda}
 * @param memory in MB; processor time grows with it, 1,769 MB are one core
 * @param seconds after which Lambda ends a call
 * @param inNetwork whether it reaches the database
 */
record FunctionSpec(
    String name, String type, int memory, int seconds, boolean inNetwork, List<Ability> abilities) {
  private static final String PACKAGE = "co.stopcovid.aws.lambda.";

  FunctionSpec {
    abilities = List.copyOf(abilities);
  }

  String handler() {
    return PACKAGE + type + "::handleRequest";
  }

  Map<String, String> environment() {
    var environment = new TreeMap<String, String>();
    for (Ability ability : abilities) {
      environment.putAll(ability.environment());
    }
    return environment;
  }

  List<PolicyStatement> statements() {
    return abilities.stream().flatMap(ability -> ability.statements().stream()).toList();
  }
}

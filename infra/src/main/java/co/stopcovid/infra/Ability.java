package co.stopcovid.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * One thing that a function may do: what it has to know for it, and what it is allowed for it. The
 * two go together, so that no function knows of what it may not use.
 */
record Ability(Map<String, String> environment, List<PolicyStatement> statements) {
  Ability {
    environment = Map.copyOf(environment);
    statements = List.copyOf(statements);
  }

  static Ability of(PolicyStatement... statements) {
    return new Ability(Map.of(), List.of(statements));
  }

  Ability knowing(String name, String value) {
    return new Ability(Map.of(name, value), statements);
  }

  static PolicyStatement allow(List<String> actions, String... resources) {
    return PolicyStatement.Builder.create()
        .effect(Effect.ALLOW)
        .actions(actions)
        .resources(List.of(resources))
        .build();
  }
}

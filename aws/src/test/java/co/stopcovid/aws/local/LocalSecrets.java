package co.stopcovid.aws.local;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets in memory, by their ARN. */
public final class LocalSecrets implements SecretsManagerClient {
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  public void put(String arn, String json) {
    secrets.put(arn, json);
  }

  @Override
  public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
    String json = secrets.get(request.secretId());
    if (json == null) {
      throw ResourceNotFoundException.builder().message("no secret " + request.secretId()).build();
    }
    return GetSecretValueResponse.builder().arn(request.secretId()).secretString(json).build();
  }

  @Override
  public String serviceName() {
    return "secretsmanager";
  }

  @Override
  public void close() {}
}

package co.stopcovid.aws.dynamo;

import co.stopcovid.aws.local.DynamoLocal;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * How many commands a second the engine does on DynamoDB Local, in batches of 1, 10 and 100
 * learners, against the rate of the very same calls to the same DynamoDB without an engine. Run as
 * a program; the argument is how many commands each measurement has (default 2000).
 */
public final class DynamoBenchmark {
  private static final int REPETITIONS = 3;

  /** The calls that one batch of commands came to. */
  private record Calls(List<BatchGetItemRequest> reads, List<TransactWriteItemsRequest> writes) {}

  private final DynamoLocal dynamo;
  private final int commands;
  private int stage;

  private DynamoBenchmark(DynamoLocal dynamo, int commands) {
    this.dynamo = dynamo;
    this.commands = commands;
  }

  public static void main(String[] arguments) {
    int commands = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    try (var dynamo = new DynamoLocal()) {
      new DynamoBenchmark(dynamo, Math.min(commands, 500)).measure(10);
      var benchmark = new DynamoBenchmark(dynamo, commands);
      benchmark.stage = 1_000;
      for (int batch : new int[] {1, 10, 100}) {
        System.out.println(benchmark.measure(batch));
      }
    }
  }

  private String measure(int batch) {
    List<Calls> recorded = record(batch);
    double[] raw = new double[REPETITIONS];
    double[] engine = new double[REPETITIONS];
    double[] ratios = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      raw[i] = replay(recorded);
      engine[i] = run(batch);
      ratios[i] = engine[i] / raw[i];
    }
    return "batch %d: engine %.0f commands/s, raw calls %.0f commands/s, ratio %.2f"
        .formatted(batch, median(engine), median(raw), median(ratios));
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
  }

  /** Batches of commands, each of so many learners, who take the course side by side. */
  private List<List<SequencedCommand>> batches(int size) {
    List<List<SequencedCommand>> batches = new ArrayList<>();
    long number = 0;
    for (int group = 0; number < commands; group++) {
      List<List<DialogCommand>> learners = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        var phone = new PhoneNumber("+1202555%07d".formatted(group * size + i));
        learners.add(CourseConversation.of(phone, Language.ENGLISH));
      }
      for (int step = 0; step < learners.getFirst().size() && number < commands; step++) {
        List<SequencedCommand> batch = new ArrayList<>();
        for (List<DialogCommand> learner : learners) {
          batch.add(new SequencedCommand(CourseConversation.number(number++), learner.get(step)));
        }
        batches.add(batch);
      }
    }
    return batches;
  }

  private DialogEngine engine(DynamoDbClient client, Tables tables) {
    var versions = new DynamoDrillVersions(client, tables, CourseConversation.LANGUAGES);
    return CourseConversation.engine(new DynamoDialogStore(client, tables, versions), versions);
  }

  private Tables newTables() {
    return dynamo.create("stage-" + stage++);
  }

  /** Commands a second of the engine. */
  private double run(int size) {
    List<List<SequencedCommand>> batches = batches(size);
    DialogEngine engine = engine(dynamo.client(), newTables());
    int done = 0;
    long begin = System.nanoTime();
    for (List<SequencedCommand> batch : batches) {
      for (Outcome outcome : engine.handle(batch)) {
        if (!(outcome instanceof Outcome.Committed)) {
          throw new IllegalStateException("a command came to " + outcome);
        }
        done++;
      }
    }
    return perSecond(done, begin);
  }

  /** The calls of the engine for these batches, save those about drill versions. */
  private List<Calls> record(int size) {
    Tables tables = newTables();
    Queue<Object> requests = new ConcurrentLinkedQueue<>();
    DialogEngine engine = engine(recording(requests), tables);
    List<Calls> calls = new ArrayList<>();
    for (List<SequencedCommand> batch : batches(size)) {
      engine.handle(batch);
      List<BatchGetItemRequest> reads = new ArrayList<>();
      List<TransactWriteItemsRequest> writes = new ArrayList<>();
      for (Object request : requests) {
        if (request instanceof TransactWriteItemsRequest write) {
          writes.add(write);
        } else if (request instanceof BatchGetItemRequest read
            && read.requestItems().containsKey(tables.dialogStates())) {
          reads.add(read);
        }
      }
      requests.clear();
      calls.add(new Calls(reads, writes));
    }
    return calls;
  }

  private DynamoDbClient recording(Queue<Object> requests) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoBenchmark.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments != null) {
                requests.add(arguments[0]);
              }
              try {
                return method.invoke(dynamo.client(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  /** Commands a second of the calls alone. */
  private double replay(List<Calls> recorded) {
    Tables tables = newTables();
    List<Calls> calls = recorded.stream().map(call -> on(tables, call)).toList();
    DynamoDbClient client = dynamo.client();
    int done = 0;
    long begin = System.nanoTime();
    for (Calls call : calls) {
      call.reads().forEach(client::batchGetItem);
      Parallel.forEach(call.writes(), client::transactWriteItems);
      done += call.writes().size();
    }
    return perSecond(done, begin);
  }

  /** The same calls, about other tables. */
  private static Calls on(Tables tables, Calls calls) {
    List<BatchGetItemRequest> reads = new ArrayList<>();
    for (BatchGetItemRequest read : calls.reads()) {
      KeysAndAttributes keys = read.requestItems().values().iterator().next();
      reads.add(read.toBuilder().requestItems(Map.of(tables.dialogStates(), keys)).build());
    }
    List<TransactWriteItemsRequest> writes = new ArrayList<>();
    for (TransactWriteItemsRequest write : calls.writes()) {
      List<TransactWriteItem> items = new ArrayList<>();
      for (TransactWriteItem item : write.transactItems()) {
        boolean state = items.isEmpty();
        String table = state ? tables.dialogStates() : tables.eventBatches();
        items.add(item.toBuilder().put(item.put().toBuilder().tableName(table).build()).build());
      }
      // Another call, so another name; 36 characters at most.
      String token =
          UUID.nameUUIDFromBytes(
                  (tables.stage() + write.clientRequestToken()).getBytes(StandardCharsets.UTF_8))
              .toString();
      writes.add(write.toBuilder().transactItems(items).clientRequestToken(token).build());
    }
    return new Calls(reads, writes);
  }

  private static double perSecond(int done, long begin) {
    return done * 1e9 / (System.nanoTime() - begin);
  }
}

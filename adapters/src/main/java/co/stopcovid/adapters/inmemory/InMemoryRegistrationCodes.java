package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Registration codes in memory. It always answers. Threads may share it. */
public final class InMemoryRegistrationCodes implements RegistrationCodes, CodeBook {
  private static final CodeVerdict INVALID = new CodeVerdict.Invalid();

  private final ConcurrentNavigableMap<String, CodeVerdict.Valid> codes =
      new ConcurrentSkipListMap<>();

  public InMemoryRegistrationCodes(Map<RegistrationCode, CodeVerdict.Valid> codes) {
    codes.forEach((code, verdict) -> this.codes.put(code.value(), verdict));
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> asked) {
    Map<RegistrationCode, CodeVerdict> verdicts = HashMap.newHashMap(asked.size());
    for (RegistrationCode code : asked) {
      CodeVerdict.Valid valid = codes.get(code.value());
      verdicts.put(code, valid == null ? INVALID : valid);
    }
    return verdicts;
  }

  @Override
  public List<Entry> page(@Nullable RegistrationCode after, int limit) {
    return codes.tailMap(after == null ? "" : after.value(), false).entrySet().stream()
        .limit(limit)
        .map(entry -> new Entry(new RegistrationCode(entry.getKey()), entry.getValue()))
        .toList();
  }

  @Override
  public Optional<CodeVerdict.Valid> find(RegistrationCode code) {
    return Optional.ofNullable(codes.get(code.value()));
  }

  @Override
  public synchronized int put(Map<RegistrationCode, CodeVerdict.Valid> added) {
    int changed = 0;
    for (Map.Entry<RegistrationCode, CodeVerdict.Valid> entry : added.entrySet()) {
      CodeVerdict.Valid before = codes.put(entry.getKey().value(), entry.getValue());
      changed += entry.getValue().equals(before) ? 0 : 1;
    }
    return changed;
  }

  @Override
  public boolean remove(RegistrationCode code) {
    return codes.remove(code.value()) != null;
  }
}

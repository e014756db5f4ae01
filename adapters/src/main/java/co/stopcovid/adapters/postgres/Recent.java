package co.stopcovid.adapters.postgres;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What was committed last, so that it need not be read back. For any thread, within one lease: the
 * conditions on versions and revisions, under which all is written, catch what is out of date.
 */
final class Recent<K, V> {
  static final int MOST = 20_000;

  private final ToLongFunction<V> version;
  private final int most;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param version of a value; only a higher one takes the place of another
   */
  Recent(ToLongFunction<V> version) {
    this(version, MOST);
  }

  /**
   * @param version of a value; only a higher one takes the place of another
   * @param most how many values are kept
   */
  Recent(ToLongFunction<V> version, int most) {
    this.version = version;
    this.most = most;
  }

  /** As far as known. */
  synchronized Map<K, V> find(Collection<K> keys) {
    Map<K, V> found = HashMap.newHashMap(keys.size());
    for (K key : keys) {
      V value = values.get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  /** Before a write: until the commit only the database can tell what is true. */
  synchronized void forget(Collection<K> keys) {
    values.keySet().removeAll(Set.copyOf(keys));
  }

  synchronized void clear() {
    values.clear();
  }

  /** After the commit. */
  synchronized void keep(Map<K, V> written) {
    written.forEach(
        (key, value) ->
            values.merge(
                key,
                value,
                (old, added) ->
                    version.applyAsLong(old) >= version.applyAsLong(added) ? old : added));
    var oldest = values.entrySet().iterator();
    for (int surplus = values.size() - most; surplus > 0; surplus--) {
      oldest.next();
      oldest.remove();
    }
  }
}

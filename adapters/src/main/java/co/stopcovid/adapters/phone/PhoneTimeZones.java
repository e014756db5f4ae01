package co.stopcovid.adapters.phone;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.TimeZones;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time zones of a number by its prefix: one for {@code +1 202}, many for a Russian mobile
 * number or a toll-free one. A number of no area that the tables know, such as one of a new area,
 * may be anywhere in its country. The tables are the library's, so that a number moved to another
 * place is taken for one of the place where it was given out.
 */
public final class PhoneTimeZones implements TimeZones {
  /** The tables tell no numbers apart by these. */
  private static final int LINE_DIGITS = 3;

  private static final int MOST_BLOCKS = 100_000;

  /** Numbers that differ in their last digits only: one place, one kind of number. */
  private record Block(String prefix, int length) {}

  private final Map<Block, Set<ZoneId>> byBlock = new ConcurrentHashMap<>();
  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
  private final PhoneNumberToTimeZonesMapper zones = PhoneNumberToTimeZonesMapper.getInstance();

  @Override
  public Set<ZoneId> of(PhoneNumber phone) {
    String number = phone.value();
    if (number.length() <= LINE_DIGITS) {
      return lookUp(phone);
    }
    var block = new Block(number.substring(0, number.length() - LINE_DIGITS), number.length());
    Set<ZoneId> known = byBlock.get(block);
    if (known != null) {
      return known;
    }
    if (byBlock.size() >= MOST_BLOCKS) {
      byBlock.clear();
    }
    Set<ZoneId> found = lookUp(phone);
    byBlock.put(block, found);
    return found;
  }

  private Set<ZoneId> lookUp(PhoneNumber phone) {
    Set<ZoneId> found = new HashSet<>();
    try {
      for (String name : names(numbers.parse(phone.value(), null))) {
        if (!name.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone())) {
          found.add(ZoneId.of(name));
        }
      }
    } catch (NumberParseException e) {
      return Set.of();
    } catch (DateTimeException e) {
      // A zone that this Java does not know: what is known of the others would mislead.
      return Set.of();
    }
    return Set.copyOf(found);
  }

  /** By the longest prefix that the tables have, in the end the country's code. */
  private List<String> names(Phonenumber.PhoneNumber number) {
    return numbers.getNumberType(number) == PhoneNumberType.UNKNOWN
        ? zones.getTimeZonesForGeographicalNumber(number)
        : zones.getTimeZonesForNumber(number);
  }
}

package co.stopcovid.adapters.phone;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.TimeZones;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/**
 * The time zones of a number by its prefix: one for {@code +1 202}, many for a Russian mobile
 * number or a toll-free one. The tables are the library's, so that a number moved to another place
 * is taken for one of the place where it was given out.
 */
public final class PhoneTimeZones implements TimeZones {
  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
  private final PhoneNumberToTimeZonesMapper zones = PhoneNumberToTimeZonesMapper.getInstance();

  @Override
  public Set<ZoneId> of(PhoneNumber phone) {
    Set<ZoneId> found = new HashSet<>();
    try {
      for (String name : zones.getTimeZonesForNumber(numbers.parse(phone.value(), null))) {
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
    return found;
  }
}

package co.stopcovid.sms;

/**
 * How a text travels: its encoding and the number of segments it is billed as. The figures are
 * those of 3GPP TS 23.038 and 23.040: 160 septets or 70 UTF-16 units alone, 153 or 67 a piece when
 * there are several, because each then begins with a header.
 *
 * @param units septets in GSM-7, UTF-16 units in UCS-2
 * @param segments 0 for an empty text
 * @param outsideGsm the first code point that GSM-7 lacks; {@link #NONE} in GSM-7
 */
public record SmsSegments(Encoding encoding, int units, int segments, int outsideGsm) {
  /** The most segments that a message should have. */
  public static final int BUDGET = 3;

  /** No code point. */
  public static final int NONE = -1;

  /** What the units of a text are. */
  public enum Encoding {
    GSM_7(160, 153),
    UCS_2(70, 67);

    private final int alone;
    private final int piece;

    Encoding(int alone, int piece) {
      this.alone = alone;
      this.piece = piece;
    }

    /** The most units that the text of so many segments can have. */
    public int capacity(int segments) {
      return segments == 1 ? alone : segments * piece;
    }
  }

  /** The basic table, without the escape to the other one. */
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
          + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Characters of the extension table, which take an escape each. */
  private static final String EXTENSION = "\f^{}\\[~]|€";

  private static final int TABLE_SIZE = '€' + 1;
  private static final byte[] SEPTETS = septets();

  private static byte[] septets() {
    var septets = new byte[TABLE_SIZE];
    BASIC.chars().forEach(c -> septets[c] = 1);
    EXTENSION.chars().forEach(c -> septets[c] = 2);
    return septets;
  }

  public static SmsSegments of(String text) {
    int septets = 0;
    for (int i = 0; i < text.length(); i++) {
      int size = septets(text.charAt(i));
      if (size == 0) {
        return ucs2(text, text.codePointAt(i));
      }
      septets += size;
    }
    int segments = septets <= Encoding.GSM_7.alone ? alone(septets) : gsmPieces(text);
    return new SmsSegments(Encoding.GSM_7, septets, segments, NONE);
  }

  /** 0 when the character is in neither table. */
  private static int septets(char c) {
    return c < TABLE_SIZE ? SEPTETS[c] : 0;
  }

  private static SmsSegments ucs2(String text, int outsideGsm) {
    int units = text.length();
    int segments = units <= Encoding.UCS_2.alone ? alone(units) : ucs2Pieces(text);
    return new SmsSegments(Encoding.UCS_2, units, segments, outsideGsm);
  }

  private static int alone(int units) {
    return units == 0 ? 0 : 1;
  }

  /** An escape stays with its character. */
  private static int gsmPieces(String text) {
    int pieces = 1;
    int used = 0;
    for (int i = 0; i < text.length(); i++) {
      int size = septets(text.charAt(i));
      if (used + size > Encoding.GSM_7.piece) {
        pieces++;
        used = 0;
      }
      used += size;
    }
    return pieces;
  }

  /** The two units of a surrogate pair stay together. */
  private static int ucs2Pieces(String text) {
    int pieces = 0;
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(start + Encoding.UCS_2.piece, text.length());
      if (end < text.length()
          && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
        end--;
      }
      pieces++;
      start = end;
    }
    return pieces;
  }
}

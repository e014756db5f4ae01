package co.stopcovid.adapters.languages;

import co.stopcovid.drills.keywords.KeywordTable;
import co.stopcovid.drills.keywords.KeywordTable.Names;
import co.stopcovid.drills.keywords.KeywordTable.Reactions;
import co.stopcovid.drills.keywords.KeywordTable.Wishes;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the keywords of a language from YAML. */
final class KeywordTableReader {
  private KeywordTableReader() {}

  /**
   * Reads one table.
   *
   * @param source what an error message calls it
   * @throws IllegalArgumentException when a field is missing, unknown or of another shape
   */
  static KeywordTable read(String source, InputStream yaml) {
    TableFields fields = TableFields.read(source, yaml);
    var table =
        new KeywordTable(
            fields.set("provider_help"),
            fields.set("provider_opt_out"),
            fields.set("help"),
            fields.set("help_questions"),
            fields.set("opt_out"),
            fields.set("opt_in"),
            fields.set("more"),
            fields.set("courtesy"),
            fields.list("courtesies"),
            fields.set("language"),
            fields.set("other_languages"),
            wishes(fields),
            reactions(fields),
            fields.set("code_words"),
            new Names(
                fields.set("name_greetings"),
                fields.set("name_before"),
                fields.set("name_after"),
                fields.set("name_ends"),
                fields.set("name_never")));
    fields.end();
    return table;
  }

  private static Wishes wishes(TableFields fields) {
    return new Wishes(
        classes(fields.map("classes")),
        fields.set("triggers"),
        fields.list("wishes"),
        fields.list("wishes_alone"),
        fields.list("beside"),
        fields.list("unless"),
        fields.list("unless_after"));
  }

  private static Reactions reactions(TableFields fields) {
    return new Reactions(
        fields.set("reaction_says"),
        fields.set("reaction_acts"),
        fields.set("reaction_marks"),
        fields.set("reaction_things"),
        fields.set("reaction_words"));
  }

  /** A class is one string, its words parted by commas. */
  private static Map<String, List<String>> classes(Map<String, String> written) {
    var classes = new HashMap<String, List<String>>();
    written.forEach((name, words) -> classes.put(name, List.of(words.split("\\s*,\\s*", -1))));
    return classes;
  }
}

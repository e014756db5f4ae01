package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.drills.Choice;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.LocalizedDrill;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Replies that stand for all that a learner may say to a prompt. */
final class WalkReplies {
  /**
   * Nothing, what is not understood, and what nobody asked for; an empty name is the hardest for
   * the texts after it.
   */
  private static final List<String> ANYTHING = List.of("", "?", "zxqvkw");

  private final List<String> languageNames;

  WalkReplies(LanguageTables tables) {
    this.languageNames =
        tables.all().stream().map(LanguageTable::language).map(code -> code.code()).toList();
  }

  List<String> to(Prompt prompt, LocalizedDrill localized) {
    Set<String> replies = new LinkedHashSet<>(ANYTHING);
    LocalizedPrompt texts = localized.prompt(prompt.slug());
    if (prompt.isGraded()) {
      replies.add(texts.correctAnswer());
    }
    for (Choice choice : ListedChoices.of(texts.question()).written()) {
      replies.add(choice.label());
      replies.add(choice.text());
    }
    if (ProfileKey.LANGUAGE.equals(prompt.responseKey())) {
      replies.addAll(languageNames);
    }
    return new ArrayList<>(replies);
  }
}

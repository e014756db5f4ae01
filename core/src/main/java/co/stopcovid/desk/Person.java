package co.stopcovid.desk;

import co.stopcovid.dialog.DialogCommand;

/**
 * Who asks for something.
 *
 * @param name as the audit log has it, 1 to {@value DialogCommand#LONGEST_PERSON} UTF-16 units
 */
public record Person(String name, Access access) {
  /**
   * @throws IllegalArgumentException when the name is blank, too long or holds control characters
   */
  public Person {
    name = name.strip();
    if (name.isEmpty()
        || name.length() > DialogCommand.LONGEST_PERSON
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name of a person has 1 to %d characters, none of them a control character"
              .formatted(DialogCommand.LONGEST_PERSON));
    }
  }

  public boolean may(Operation operation) {
    return access.compareTo(operation.access()) >= 0;
  }
}

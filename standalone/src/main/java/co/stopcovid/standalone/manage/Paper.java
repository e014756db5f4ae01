package co.stopcovid.standalone.manage;

import co.stopcovid.standalone.cli.Columns;
import java.io.PrintWriter;

/** What people read on: lines are broken between words where it is narrow. */
record Paper(PrintWriter writer, Columns columns) {
  void println(String text) {
    columns.wrap(text).forEach(writer::println);
  }
}

package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {

    @Test
    void alignsCellsUnderTheirHeadings() {
        TextTable table = new TextTable("STEP", "STATE", "WHERE");
        table.row("a-long-name", "done", "here");
        table.row("b", "cancelled", "–");

        assertThat(table.text()).isEqualTo("""
                STEP         STATE      WHERE
                a-long-name  done       here
                b            cancelled  –
                """);
    }

    @Test
    void leavesNoTrailingSpaces() {
        TextTable table = new TextTable("A", "B");
        table.row("1", "");
        table.row("2", "long");

        assertThat(table.text()).isEqualTo("A  B\n1\n2  long\n");
    }

    @Test
    void alignsByCodePoints() {
        TextTable table = new TextTable("A", "B");
        table.row("\uD83E\uDD84", "one");
        table.row("üü", "two");

        assertThat(table.text()).isEqualTo("A   B\n\uD83E\uDD84   one\nüü  two\n");
    }

    @Test
    void rejectsARowWithADifferentNumberOfCells() {
        TextTable table = new TextTable("A", "B");

        assertThatThrownBy(() -> table.row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for the columns [A, B]");
    }
}

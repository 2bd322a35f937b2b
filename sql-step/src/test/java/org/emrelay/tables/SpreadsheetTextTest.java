package org.emrelay.tables;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
final class SpreadsheetTextTest {
    private static final List<String> FORMULAS = List.of(
            "=1+1",
            "+1-cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "\tx",
            "\n=1",
            "  =1",
            "＝1",
            "＋1",
            "－1",
            "＠A",
            "-",
            "+a",
            "-1.5.2",
            "--1",
            "-1e",
            "-1,5",
            "-1 2");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "1.5",
            "-1.5",
            "+1.5",
            "-.5",
            "-3.",
            "-1.5E-7",
            "+2e9",
            " -1.5 ",
            "a=1",
            "'=1",
            "ü",
            "2021-03-04",
            "B00-1",
            "a\n=1");

    @Test
    void textThatASpreadsheetRunsGetsAnApostrophe() {
        assertThat(FORMULAS)
                .extracting(SpreadsheetText::of)
                .containsExactlyElementsOf(
                        FORMULAS.stream().map(formula -> "'" + formula).toList());
    }

    @Test
    void otherTextAndNumbersStay() {
        assertThat(TEXTS).extracting(SpreadsheetText::of).containsExactlyElementsOf(TEXTS);
    }

    @Test
    void columnsAreTreatedAlike() {
        for (List<String> cells : List.of(FORMULAS, TEXTS)) {
            Dataset<String> column = LocalSpark.session().createDataset(cells, Encoders.STRING());

            assertThat(column.select(SpreadsheetText.of(col("value")))
                            .as(Encoders.STRING())
                            .collectAsList())
                    .containsExactlyElementsOf(
                            cells.stream().map(SpreadsheetText::of).toList());
        }
    }
}

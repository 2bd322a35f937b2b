package org.sparkpipelines.jobs.wordclouds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final TextTable TABLE = TextTable.of(
            StructType.fromDDL("year int, word string, weight double"),
            List.of(
                    RowFactory.create(1999, "a \"quoted\", word", 1.5),
                    RowFactory.create(null, "two\r\nlines 😀", 10.25),
                    RowFactory.create(-750, null, null)));

    @Test
    void alignsNumbersRightAndTextLeft() {
        assertThat(TABLE.aligned()).isEqualTo("""
                        year  word              weight
                        ----  ----------------  ------
                        1999  a "quoted", word     1.5
                              two lines 😀        10.25
                        -750
                        """);
    }

    @Test
    void quotesForCommaSeparatedOnlyWhatNeedsIt() {
        assertThat(TABLE.commaSeparated()).isEqualTo("""
                        year,word,weight
                        1999,"a ""quoted"", word",1.5
                        ,"two\r
                        lines 😀",10.25
                        -750,,
                        """);
    }

    @Test
    void showsTheHeaderOfATableWithoutRows() {
        TextTable empty = TextTable.of(StructType.fromDDL("year int"), List.of());

        assertThat(empty.aligned()).isEqualTo("year\n----\n");
        assertThat(empty.commaSeparated()).isEqualTo("year\n");
    }
}

package org.emrelay.jobs.classification.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class SplitRowsTest {
    private static final StructType SCHEMA = new StructType()
            .add(ModelColumns.ID, DataTypes.StringType)
            .add(ModelColumns.LABEL, DataTypes.DoubleType)
            .add(StratifiedSplit.FOLD, DataTypes.IntegerType);

    @Test
    void acceptsFoldsWithRowsOfBothClasses() {
        assertThatCode(() -> split(0, 1).requireBothClasses(2, "left")).doesNotThrowAnyException();
    }

    @Test
    void rejectsAFoldWithoutRowsOfOneClass() {
        assertThatThrownBy(() -> split(0, 0).requireBothClasses(2, "left"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--folds: fold 2 of 2 has no negative row, because all rows of an id stay in one fold. Use fewer folds"
                                + " or another --seed.");
    }

    /** Two ids with rows of both classes, in the given folds, and other ids with positive rows only. */
    private static SplitRows split(int foldOfA, int foldOfB) {
        return new SplitRows(LocalSpark.session()
                .createDataFrame(
                        List.of(
                                row("a", 1, foldOfA),
                                row("a", 0, foldOfA),
                                row("b", 1, foldOfB),
                                row("b", 0, foldOfB),
                                row("c", 1, 1),
                                row("d", 1, 0),
                                row("e", 0, StratifiedSplit.HELD_OUT),
                                row("f", 1, StratifiedSplit.HELD_OUT)),
                        SCHEMA));
    }

    private static Row row(String id, double label, int fold) {
        return RowFactory.create(id, label, fold);
    }
}

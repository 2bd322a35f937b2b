package org.emrelay.jobs.classification.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class SplitRowsTest {
    private static final StructType SCHEMA = new StructType()
            .add(ModelColumns.ID, DataTypes.StringType)
            .add(ModelColumns.LABEL, DataTypes.DoubleType)
            .add(RowSplit.FOLD, DataTypes.IntegerType);

    @Test
    void everyFoldNeedsRowsOfBothClasses() {
        assertThatCode(() -> split(0, 1).requireEnoughFor(2, "left")).doesNotThrowAnyException();
    }

    @Test
    void findsAFoldWithoutRowsOfAClassThatOtherFoldsHave() {
        assertThatThrownBy(() -> split(0, 0).requireEnoughFor(2, "left"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--folds: fold 2 of 2 has no negative row, for the ids that have them stand in other folds with"
                                + " all of their rows; give fewer folds or another --seed.");
    }

    /** Two ids with rows of both classes each, in these folds, beside others with positive rows alone. */
    private static SplitRows split(int ofOne, int ofTheOther) {
        return new SplitRows(LocalSpark.session()
                .createDataFrame(
                        List.of(
                                row("a", 1, ofOne),
                                row("a", 0, ofOne),
                                row("b", 1, ofTheOther),
                                row("b", 0, ofTheOther),
                                row("c", 1, 1),
                                row("d", 1, 0),
                                row("e", 0, RowSplit.HELD_OUT),
                                row("f", 1, RowSplit.HELD_OUT)),
                        SCHEMA));
    }

    private static Row row(String id, double label, int fold) {
        return RowFactory.create(id, label, fold);
    }
}

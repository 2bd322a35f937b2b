package org.emrelay.tables;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/**
 * Text in a CSV file that people open in a spreadsheet.
 *
 * <p>A spreadsheet runs a cell that begins with {@code =}, {@code +}, {@code -} or {@code @} as a formula, which can send other cells
 * away. An apostrophe before it makes it text. Numbers stay numbers.
 */
public final class SpreadsheetText {
    private static final String FORMULA = "^(?:\\s*[=+\\-@＝＋－＠]|[\\t\\r])";
    private static final String NUMBER = "^\\s*[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?\\s*$";
    private static final Pattern FORMULA_PATTERN = Pattern.compile(FORMULA);
    private static final Pattern NUMBER_PATTERN = Pattern.compile(NUMBER);

    private SpreadsheetText() {}

    public static String of(String text) {
        boolean isFormula = FORMULA_PATTERN.matcher(text).find()
                && !NUMBER_PATTERN.matcher(text).find();
        return isFormula ? "'" + text : text;
    }

    static Column of(Column text) {
        return when(text.rlike(FORMULA).and(text.rlike(NUMBER).unary_$bang()), concat(lit("'"), text))
                .otherwise(text);
    }
}

package org.emrelay.jobs.topics.filter;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of posts inside the filter. */
final class FilterColumns {
    static final String ID = "id";
    static final String TIME = "time";
    static final String HOUR = "hour";
    static final String TEXT = "text";
    static final String LANG = "lang";
    static final String REPOST = "repost";
    static final String REPOST_OF = "repost_of";
    /** The rule that drops the post; null if it is kept. */
    static final String RULE = "rule";
    /** The term or language that caused the drop. */
    static final String DETAIL = "detail";
    /** A hash of the words; unique for posts that are not compared with others. */
    static final String GROUP = "text_group";
    /** The id of the earliest post with the same words. */
    static final String ORIGINAL = "original";

    static final String SIMILARITY = "similarity";

    static final StructType CLASSIFIED = new StructType()
            .add(ID, DataTypes.StringType)
            .add(TIME, DataTypes.TimestampType)
            .add(HOUR, DataTypes.StringType)
            .add(TEXT, DataTypes.StringType)
            .add(LANG, DataTypes.StringType)
            .add(REPOST, DataTypes.BooleanType)
            .add(REPOST_OF, DataTypes.StringType)
            .add(RULE, DataTypes.StringType)
            .add(DETAIL, DataTypes.StringType)
            .add(GROUP, DataTypes.BinaryType);

    private FilterColumns() {}
}

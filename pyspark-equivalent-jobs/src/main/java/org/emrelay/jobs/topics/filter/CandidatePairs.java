package org.emrelay.jobs.topics.filter;

import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Pairs each post with earlier ones in the same bucket, from rows sorted by band, time and id.
 *
 * <p>A post is paired with the first posts of its bucket and with those just before it, so a bucket of any size takes linear time and
 * constant memory. Copies of one text have their earliest post among the first.
 */
final class CandidatePairs implements Iterator<Row> {
    static final int FIRST = 8;
    static final int LATEST = 8;

    static final StructType SCHEMA = new StructType()
            .add("later_time", DataTypes.TimestampType)
            .add("later", DataTypes.StringType)
            .add("earlier_time", DataTypes.TimestampType)
            .add("earlier", DataTypes.StringType);

    private final Iterator<Row> members;
    private final double similarity;
    private final List<Member> first = new ArrayList<>();
    private final Deque<Member> latest = new ArrayDeque<>();
    private final Deque<Row> pairs = new ArrayDeque<>();
    private long band;

    /**
     * @param members rows of band, time, id and number of shingles
     */
    CandidatePairs(Iterator<Row> members, double similarity) {
        this.members = Objects.requireNonNull(members, "members");
        this.similarity = similarity;
    }

    @Override
    public boolean hasNext() {
        while (pairs.isEmpty() && members.hasNext()) {
            Row row = members.next();
            if (row.getLong(0) != band) {
                band = row.getLong(0);
                first.clear();
                latest.clear();
            }
            add(new Member(row.getTimestamp(1), row.getString(2), row.getInt(3)));
        }
        return !pairs.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return pairs.remove();
    }

    private void add(Member member) {
        first.forEach(earlier -> pair(earlier, member));
        latest.forEach(earlier -> pair(earlier, member));
        if (first.size() < FIRST) {
            first.add(member);
            return;
        }
        if (latest.size() == LATEST) {
            latest.remove();
        }
        latest.add(member);
    }

    /** Skips pairs of which one has too many shingles to be similar. */
    private void pair(Member earlier, Member later) {
        int fewer = Math.min(earlier.shingles(), later.shingles());
        int more = Math.max(earlier.shingles(), later.shingles());
        if (fewer >= similarity * more) {
            pairs.add(RowFactory.create(later.time(), later.id(), earlier.time(), earlier.id()));
        }
    }

    private record Member(Timestamp time, String id, int shingles) {}
}

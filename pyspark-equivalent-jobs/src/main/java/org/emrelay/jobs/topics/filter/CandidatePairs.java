package org.emrelay.jobs.topics.filter;

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
 * Pairs each post with earlier posts of the same bucket. The rows must be sorted by band, time and id.
 *
 * <p>Each post is paired only with the first posts of its bucket and those just before it, so a bucket takes linear time and constant
 * memory. Skips pairs whose sketches rule out that they are similar enough.
 */
final class CandidatePairs implements Iterator<Row> {
    static final int FIRST = 16;
    static final int LATEST = 16;

    static final StructType SCHEMA = new StructType()
            .add("later_time", DataTypes.LongType)
            .add("later", DataTypes.StringType)
            .add("earlier_time", DataTypes.LongType)
            .add("earlier", DataTypes.StringType);

    private final Iterator<Row> members;
    private final double similarity;
    private final List<Member> first = new ArrayList<>();
    private final Deque<Member> latest = new ArrayDeque<>();
    private final Deque<Row> pairs = new ArrayDeque<>();
    private long band;

    /**
     * @param members rows of band, time, id, number of shingles and sketch
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
            add(new Member(row.getLong(1), row.getString(2), row.getInt(3), row.getLong(4)));
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

    private void pair(Member earlier, Member later) {
        double greatest =
                Shingles.greatestSimilarity(earlier.shingles(), earlier.sketch(), later.shingles(), later.sketch());
        if (greatest >= similarity) {
            pairs.add(RowFactory.create(later.time(), later.id(), earlier.time(), earlier.id()));
        }
    }

    private record Member(long time, String id, int shingles, long sketch) {}
}

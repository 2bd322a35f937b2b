package org.emrelay.jobs.topics.combine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of a CSV or TSV file. Locates the columns by the first record. */
final class DelimitedRecordReader implements RecordReader {
    private final LineReader lines;
    private final DelimitedRecords records;
    private final PostColumns columns;
    private Optional<DelimitedLayout> layout = Optional.empty();
    private boolean isFirst = true;
    private long count;

    DelimitedRecordReader(LineReader lines, DelimitedRecords records, PostColumns columns) {
        this.lines = lines;
        this.records = records;
        this.columns = columns;
    }

    @Override
    public @Nullable Found next() throws IOException {
        List<String> cells = records.next();
        if (isFirst && cells != null) {
            isFirst = false;
            layout = DelimitedLayout.of(cells, columns);
            if (layout.map(DelimitedLayout::hasHeader).orElse(false)) {
                cells = records.next();
            }
        }
        if (cells == null) {
            return null;
        }
        List<String> record = cells;
        count++;
        return new Found(
                count,
                records.text(),
                layout.map(found -> found.parse(record))
                        .orElseGet(() -> ParsedRecord.malformed(MalformedReason.UNKNOWN_COLUMNS)));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

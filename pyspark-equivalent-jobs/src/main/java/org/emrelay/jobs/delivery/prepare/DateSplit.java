package org.emrelay.jobs.delivery.prepare;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.emrelay.jobs.UserFault;

/**
 * Where past and future part: orders of one day are never on both sides.
 *
 * @param cutoff the first day of validation
 */
record DateSplit(LocalDate firstDate, LocalDate cutoff, LocalDate lastDate, long trainingRows, long validationRows) {

    DateSplit {
        Objects.requireNonNull(firstDate, "firstDate");
        Objects.requireNonNull(cutoff, "cutoff");
        Objects.requireNonNull(lastDate, "lastDate");
    }

    /** Training gets as many whole days from the beginning as fit into the fraction, but at least one; so does validation. */
    static DateSplit of(OrderCensus census, double trainingFraction, String uri) {
        SortedMap<LocalDate, Long> dates = census.usable();
        long all = census.usableRows();
        if (dates.isEmpty()) {
            throw new UserFault(
                    "--shipping-logs: no order of " + uri + " can be used. Left out: " + census.problemList() + ".");
        }
        if (dates.size() == 1) {
            throw new UserFault(
                    "--shipping-logs: all " + all + " orders of " + uri + " that can be used are of one day, "
                            + dates.firstKey() + "; a split by date needs at least two.");
        }
        long before = 0;
        LocalDate cutoff = dates.lastKey();
        for (Map.Entry<LocalDate, Long> date : dates.entrySet()) {
            boolean isFull = before + date.getValue() > trainingFraction * all;
            if (before > 0 && (isFull || date.getKey().equals(dates.lastKey()))) {
                cutoff = date.getKey();
                break;
            }
            before += date.getValue();
        }
        return new DateSplit(dates.firstKey(), cutoff, dates.lastKey(), before, all - before);
    }
}

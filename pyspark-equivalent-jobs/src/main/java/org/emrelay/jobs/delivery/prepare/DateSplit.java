package org.emrelay.jobs.delivery.prepare;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.emrelay.tables.UserFault;

/**
 * Splits orders into training and validation by date; one day is never on both sides.
 *
 * @param cutoff the first day of validation
 */
record DateSplit(LocalDate firstDate, LocalDate cutoff, LocalDate lastDate, long trainingRows, long validationRows) {

    DateSplit {
        Objects.requireNonNull(firstDate, "firstDate");
        Objects.requireNonNull(cutoff, "cutoff");
        Objects.requireNonNull(lastDate, "lastDate");
    }

    /** Training gets the first whole days that fit into the fraction. Each side gets at least one day. */
    static DateSplit of(OrderCensus census, double trainingFraction, String uri) {
        SortedMap<LocalDate, Long> dates = census.usable();
        long total = census.usableRows();
        if (dates.isEmpty()) {
            throw new UserFault(
                    "--shipping-logs: " + uri + " has no usable orders. Left out: " + census.problemList() + ".");
        }
        if (dates.size() == 1) {
            throw new UserFault("--shipping-logs: all " + total + " usable orders of " + uri + " are of one day, "
                    + dates.firstKey() + ". A split by date needs at least two days.");
        }
        long trainingRows = 0;
        LocalDate cutoff = dates.lastKey();
        for (Map.Entry<LocalDate, Long> date : dates.entrySet()) {
            boolean isFull = trainingRows + date.getValue() > trainingFraction * total;
            if (trainingRows > 0 && (isFull || date.getKey().equals(dates.lastKey()))) {
                cutoff = date.getKey();
                break;
            }
            trainingRows += date.getValue();
        }
        return new DateSplit(dates.firstKey(), cutoff, dates.lastKey(), trainingRows, total - trainingRows);
    }
}

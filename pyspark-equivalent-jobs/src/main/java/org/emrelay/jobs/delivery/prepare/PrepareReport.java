package org.emrelay.jobs.delivery.prepare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.learning.JsonText;

/** What the job says of the log that it read, to people and to programs. */
record PrepareReport(OrderCensus census, DateSplit split) {

    PrepareReport {
        Objects.requireNonNull(census, "census");
        Objects.requireNonNull(split, "split");
    }

    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("rows", census.rows());
        report.put("usable", census.usableRows());
        report.put("left_out", census.problems());
        report.put("without_product_description", census.withoutDescription());
        report.put("negative_coordinates", census.negativeCoordinates());
        report.put("first_date", split.firstDate().toString());
        report.put("cutoff", split.cutoff().toString());
        report.put("last_date", split.lastDate().toString());
        report.put("training", split.trainingRows());
        report.put("validation", split.validationRows());
        return JsonText.of(report);
    }

    void print() {
        System.out.println("Training: " + split.trainingRows() + " orders from " + split.firstDate() + "; validation: "
                + split.validationRows() + " from " + split.cutoff() + " to " + split.lastDate() + ".");
        if (!census.problems().isEmpty()) {
            System.out.println("Left out of " + census.rows() + " orders: " + census.problemList() + ".");
        }
        if (census.withoutDescription() > 0) {
            System.out.println(
                    census.withoutDescription()
                            + " orders are of products without a description; they are kept, with what is typical in its place.");
        }
        if (census.negativeCoordinates() > 0) {
            System.out.println(census.negativeCoordinates()
                    + " orders have a negative coordinate: that is a direction, and does not count for the distance.");
        }
        System.out.flush();
    }
}

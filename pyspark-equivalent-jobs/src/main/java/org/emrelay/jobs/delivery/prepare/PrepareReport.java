package org.emrelay.jobs.delivery.prepare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.learning.JsonText;

/** The report of the prepare job, as JSON and for the step's log. */
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
            System.out.println(census.withoutDescription()
                    + " orders have products without a description; kept, with median values for the product.");
        }
        if (census.negativeCoordinates() > 0) {
            System.out.println(census.negativeCoordinates()
                    + " orders have a negative coordinate; kept, because the sign is only a direction.");
        }
        System.out.flush();
    }
}

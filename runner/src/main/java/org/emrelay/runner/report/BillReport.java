package org.emrelay.runner.report;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.run.Bill;

/** Formats what a cluster has cost for what. */
record BillReport(Bill bill) {
    BillReport {
        Objects.requireNonNull(bill, "bill");
    }

    /** {@code $1.20: steps $0.90, start-up $0.20, idle $0.05, shutdown $0.05}. */
    String text() {
        boolean existed = bill.beforeRun().signum() != 0;
        return PriceRange.format(bill.total()) + ": steps " + PriceRange.format(bill.ofSteps())
                + ", start-up " + PriceRange.format(bill.startUp())
                + ", idle " + PriceRange.format(bill.idle())
                + ", shutdown " + PriceRange.format(bill.shutdown())
                + (existed ? ", before the run " + PriceRange.format(bill.beforeRun()) : "");
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("steps", number(bill.ofSteps()));
        document.put("start_up", number(bill.startUp()));
        document.put("idle", number(bill.idle()));
        document.put("shutdown", number(bill.shutdown()));
        document.put("before_run", number(bill.beforeRun()));
        document.put("total", number(bill.total()));
        return document;
    }

    static double number(BigDecimal dollars) {
        return dollars.doubleValue();
    }
}

package org.emrelay.runner.report;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.run.Bill;

/** The bill of a run in US dollars. The parts add up to the total, to the cent. */
public record Charges(
        BigDecimal total,
        BigDecimal steps,
        BigDecimal startUp,
        BigDecimal idle,
        BigDecimal shutdown,
        BigDecimal beforeRun) {
    public Charges {
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(steps, "steps");
        Objects.requireNonNull(startUp, "startUp");
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(shutdown, "shutdown");
        Objects.requireNonNull(beforeRun, "beforeRun");
    }

    public static Charges of(Bill bill) {
        return new Charges(
                bill.total(), bill.ofSteps(), bill.startUp(), bill.idle(), bill.shutdown(), bill.beforeRun());
    }

    /** {@code $1.20}. */
    public String totalText() {
        return PriceRange.format(total);
    }

    /** {@code steps $0.90, start-up $0.20, idle $0.05, shutdown $0.05}. */
    public String partsText() {
        return "steps " + PriceRange.format(steps)
                + ", start-up " + PriceRange.format(startUp)
                + ", idle " + PriceRange.format(idle)
                + ", shutdown " + PriceRange.format(shutdown)
                + (beforeRun.signum() == 0 ? "" : ", before the run " + PriceRange.format(beforeRun));
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("steps", steps.doubleValue());
        document.put("start_up", startUp.doubleValue());
        document.put("idle", idle.doubleValue());
        document.put("shutdown", shutdown.doubleValue());
        document.put("before_run", beforeRun.doubleValue());
        document.put("total", total.doubleValue());
        return document;
    }
}

package org.emrelay.runner.report.overview;

import java.math.BigDecimal;
import java.util.Objects;
import org.emrelay.runner.run.Bill;

/** The bill of a run in US dollars, to the cent: the parts sum up to the total. */
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

    static Charges of(Bill bill) {
        return new Charges(
                bill.total(), bill.ofSteps(), bill.startUp(), bill.idle(), bill.shutdown(), bill.beforeRun());
    }
}

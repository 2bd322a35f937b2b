package org.emrelay.runner.export.terraform;

import java.util.Objects;

/** An expression in HCL, written as it is, on one line. */
record HclExpression(String code) {
    HclExpression {
        Objects.requireNonNull(code, "code");
    }

    /** The expression with a string's value. */
    static HclExpression string(String text) {
        return new HclExpression('"' + HclString.escaped(text, false) + '"');
    }
}

package org.emrelay.runner.export.terraform;

import java.util.Objects;

/** A call of a function with one argument. */
record HclCall(String function, Object argument) {
    HclCall {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(argument, "argument");
    }

    static HclCall jsonencode(Object document) {
        return new HclCall("jsonencode", document);
    }
}

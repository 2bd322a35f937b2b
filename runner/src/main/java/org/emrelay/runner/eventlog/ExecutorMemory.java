package org.emrelay.runner.eventlog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The peak memory of one or several executors, in bytes; 0 if not measured. */
final class ExecutorMemory {
    private long heap;
    private long process;

    void parse(EventFields fields) throws IOException {
        fields.forEach(name -> visit(name, fields));
    }

    void visit(String name, EventFields fields) throws IOException {
        switch (name) {
            case "JVMHeapMemory", "heap" -> heap = fields.number();
            case "ProcessTreeJVMRSSMemory", "ProcessTreePythonRSSMemory", "ProcessTreeOtherRSSMemory", "process" ->
                process = TaskSums.saturated(process + fields.number());
            default -> {}
        }
    }

    /** Reads the metrics of several stages. */
    void parseAll(EventFields fields) throws IOException {
        ExecutorMemory one = new ExecutorMemory();
        fields.forEachAtAnyDepth(name -> one.visit(name, fields), () -> {
            max(one);
            one.heap = 0;
            one.process = 0;
        });
    }

    void max(ExecutorMemory other) {
        heap = Math.max(heap, other.heap);
        process = Math.max(process, other.process);
    }

    @Nullable
    Long heap() {
        return heap == 0 ? null : heap;
    }

    @Nullable
    Long process() {
        return process == 0 ? null : process;
    }
}

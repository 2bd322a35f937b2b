package endtoend;

/** Throws an exception whose root cause is another exception. */
public final class FailWithCause {
    public static void main(String[] arguments) {
        try {
            drink();
        } catch (IllegalStateException exception) {
            throw new RuntimeException("no tea today", exception);
        }
    }

    private static void drink() {
        throw new IllegalStateException("the well is dry");
    }
}

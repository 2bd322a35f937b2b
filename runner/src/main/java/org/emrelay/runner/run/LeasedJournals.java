package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.model.RunId;

/** Journals that are written, and acted for, only while a lease holds. */
final class LeasedJournals implements Journals {
    private final Journals journals;
    private final Lease lease;

    LeasedJournals(Journals journals, Lease lease) {
        this.journals = journals;
        this.lease = lease;
    }

    @Override
    public Journal open(RunId run) throws IOException {
        lease.renewIfDue();
        return new Guarded(journals.open(run));
    }

    @Override
    public List<Event> read(RunId run) throws IOException {
        return journals.read(run);
    }

    @Override
    public String place(RunId run) {
        return journals.place(run);
    }

    /** One of them. */
    private final class Guarded implements Journal {
        private final Journal journal;

        Guarded(Journal journal) {
            this.journal = journal;
        }

        @Override
        public List<Event> events() {
            return journal.events();
        }

        @Override
        public void append(List<Event> events) throws IOException {
            confirm();
            journal.append(events);
        }

        @Override
        public void confirm() throws IOException {
            lease.renewIfDue();
        }

        @Override
        public void close() throws IOException {
            journal.close();
        }
    }
}

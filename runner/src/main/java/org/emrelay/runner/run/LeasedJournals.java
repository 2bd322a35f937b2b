package org.emrelay.runner.run;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.model.RunId;

/** Journals that can be written only while a lease is held. */
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
        return new LeasedJournal(journals.open(run));
    }

    @Override
    public List<Event> read(RunId run) throws IOException {
        return journals.read(run);
    }

    @Override
    public String location(RunId run) {
        return journals.location(run);
    }

    private final class LeasedJournal implements Journal {
        private final Journal journal;

        LeasedJournal(Journal journal) {
            this.journal = journal;
        }

        @Override
        public List<Event> events() {
            return journal.events();
        }

        @Override
        public void append(List<Event> events) throws IOException {
            checkOwnership();
            journal.append(events);
        }

        @Override
        public void checkOwnership() throws IOException {
            lease.renewIfDue();
        }

        @Override
        public void close() throws IOException {
            journal.close();
        }
    }
}

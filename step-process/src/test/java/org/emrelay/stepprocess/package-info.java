/** Tests of the step process, started the way the runner starts it. */
package org.emrelay.stepprocess;

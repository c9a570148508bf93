import type { Geometry } from '../../src/array/geometry.ts';
import { lineNames } from '../../src/schedule/waveform.ts';
import { controlBits, limitsAddress, registers, statusBits, type NamedCode } from './register-map.ts';
import type { SequencerParameters } from './sequencer-parameters.ts';
import { instanceParameters } from './verilog-text.ts';

/** What the test bench has to know about a schedule. */
export interface TestbenchPlan {
  readonly geometry: Geometry;
  readonly parameters: SequencerParameters;
  readonly limits: Uint16Array;
  readonly acts: number;
  readonly samples: number;
  /** From the start of the schedule to its end. */
  readonly ticks: number;
  /** Half a period of the clock. */
  readonly halfFemtoseconds: bigint;
}

/** Clocks for sealing, enabling, reading results and coming to rest, beyond the schedule's own time. */
const spareClocks = 100_000;

/**
 * Write the test bench of a schedule. It seals the limits, starts the table, compares the lines with the schedule's own
 * timing in every clock, and reads the samples. It prints `pass`, or the first difference, and writes the code of each
 * line to a VCD.
 */
export function testbench(plan: TestbenchPlan): string {
  const { geometry, parameters } = plan;
  const names = lineNames(geometry);
  const deadline = BigInt(plan.ticks) * BigInt(parameters.CLOCKS_PER_TICK) + BigInt(spareClocks);
  return `// Test bench of one schedule. Generated. Prints "pass", or "fail:" and the first difference.
\`timescale 1fs / 1fs

module sequencer_testbench;
    localparam LINES = ${names.length};
    localparam ACTS = ${plan.acts};
    localparam SAMPLES = ${plan.samples};
    localparam [63:0] DEADLINE = 64'd${deadline};

    // The VCD shows the lines only: the code on each, and which of them are open.
    logic        output_enable;
    logic [LINES-1:0] open_lines;
${names.map((name) => `    logic signed [15:0] ${name};`).join('\n')}

    /* verilator tracing_off */
    logic        clock = 1'b0;
    logic        reset = 1'b1;
    logic        host_write = 1'b0;
    logic [6:0]  host_address = 7'd0;
    logic [15:0] host_data = 16'd0;
    logic [15:0] host_read;
    logic [3:0]  dac_select_n;
    logic        dac_clock, dac_data;
    logic [15:0] rail [0:3];
    logic [3:0]  loaded;
    logic [15:0] adc_channel;
    logic        adc_select_n, adc_clock, adc_data, sampling;
    logic [LINES-1:0] ground_switch, selected_switch, unselected_switch;
    logic        busy, done, fault, complete, monitor_failed;

    always #${plan.halfFemtoseconds} clock = !clock;

    pulse_sequencer #(
${instanceParameters({ ...parameters, TABLE_FILE: 'pulse_table.hex', FRAME_FILE: 'frames.hex' }, '        ')}
    ) sequencer (
        .clock(clock), .reset(reset), .abort_pin(1'b0),
        .host_write(host_write), .host_address(host_address), .host_data(host_data), .host_read(host_read),
        .dac_select_n(dac_select_n), .dac_clock(dac_clock), .dac_data(dac_data),
        .adc_channel(adc_channel), .adc_select_n(adc_select_n), .adc_clock(adc_clock), .adc_data(adc_data),
        .ground_switch(ground_switch), .selected_switch(selected_switch), .unselected_switch(unselected_switch),
        .output_enable(output_enable), .busy(busy), .done(done), .fault(fault)
    );

    generate
        genvar chip;
        for (chip = 0; chip < 4; chip = chip + 1) begin : dac
            dac_model #(.DAC_BITS(${parameters.DAC_BITS}), .ZERO_CODE(${parameters.ZERO_CODE})) model (
                .clock(clock), .select_n(dac_select_n[chip]), .serial_clock(dac_clock), .serial_in(dac_data),
                .code(rail[chip]), .loaded(loaded[chip])
            );
        end
    endgenerate

    adc_model adc (
        .clock(clock), .select_n(adc_select_n), .serial_clock(adc_clock), .channel(adc_channel[7:0]),
        .serial_out(adc_data), .sampling(sampling)
    );

    assign open_lines = ~(ground_switch | selected_switch | unselected_switch);
${names.map((name, line) => `    assign ${name} = ${levelOf(line, geometry.wordLines)};`).join('\n')}

    line_monitor #(
        .LINES(LINES), .ACTS(ACTS), .FILE("expected_acts.hex"),
        .CLOCKS_PER_TICK(${parameters.CLOCKS_PER_TICK}), .DEAD_CLOCKS(${parameters.DEAD_CLOCKS})
    ) monitor (
        .clock(clock), .reset(reset),
        .ground_switch(ground_switch), .selected_switch(selected_switch), .unselected_switch(unselected_switch),
        .output_enable(output_enable), .rails_ready(loaded == 4'hf && dac_select_n == 4'hf), .sampling(sampling),
        .levels({${names.toReversed().join(', ')}}),
        .complete(complete), .failed(monitor_failed)
    );

    logic [31:0] samples [0:SAMPLES];
    integer      taken = 0;
    logic        failed = 1'b0;
    logic [63:0] clocks = 64'd0;
    logic [15:0] status = 16'd0;
    logic [15:0] result_entry = 16'd0;

    task automatic fail(input [8*48-1:0] what);
        if (!failed && !monitor_failed) $display("fail: %0s", what);
        failed = 1'b1;
    endtask

    task automatic write(input [6:0] address, input [15:0] data);
        host_write   = 1'b1;
        host_address = address;
        host_data    = data;
        @(negedge clock);
        host_write = 1'b0;
    endtask

    task automatic read(input [6:0] address);
        host_address = address;
        repeat (4) @(negedge clock);
    endtask

    always @(negedge clock) begin
        clocks <= clocks + 64'd1;
        if (clocks == DEADLINE) begin
            fail("not done in time");
            $finish;
        end
        if (monitor_failed) $finish;
    end

    initial begin
        $dumpfile("sequencer.vcd");
        $dumpvars(0, output_enable, open_lines, ${names.join(', ')});
        if (SAMPLES > 0) $readmemh("expected_samples.hex", samples, 0, SAMPLES - 1);
        repeat (8) @(negedge clock);
        reset = 1'b0;
        repeat (2) @(negedge clock);
        while (busy) @(negedge clock);
${Array.from(plan.limits, (value, limit) => `        write(7'd${limitsAddress + limit}, 16'd${value});`).join('\n')}
        write(${address('CONTROL')}, ${mask(controlBits, 'SEAL')});
        write(${address('CONTROL')}, ${mask(controlBits, 'START')});
        do begin
            read(${address('STATUS')});
            status = host_read;
            if ((status & ${mask(statusBits, 'RESULT')}) != 0) begin
                read(${address('RESULT_ENTRY')});
                result_entry = host_read;
                read(${address('RESULT_SAMPLE')});
                if (taken >= SAMPLES) fail("a sample too many");
                else if (result_entry != samples[taken][31:16]) fail("a sample of another entry");
                else if (host_read != {samples[taken][7:0], taken[7:0]}) fail("a sample of another bit line");
                taken = taken + 1;
                write(${address('RESULT_ENTRY')}, 16'd0);
                status = ${mask(statusBits, 'BUSY')};
            end
        end while ((status & ${mask(statusBits, 'BUSY')}) != 0);
        read(${address('FAULT')});
        if (fault || host_read != 0) begin
            $display("fault %0d", host_read);
            fail("the sequencer stopped with a fault");
        end
        if (!done || !complete) fail("not all acts were seen");
        if (taken != SAMPLES) fail("samples are missing");
        if (output_enable || ground_switch != {LINES{1'b1}}) fail("not at rest in the end");
        if (!failed && !monitor_failed) $display("pass");
        $finish;
    end
endmodule
`;
}

/** The code on a line: that of the rail that it is switched to, else 0. */
function levelOf(line: number, wordLines: number): string {
  const side = line < wordLines ? 0 : 2;
  return `selected_switch[${line}] ? rail[${side}] : unselected_switch[${line}] ? rail[${side + 1}] : 16'd0`;
}

function address(name: string): string {
  const register = registers.find((each) => each.name === name);
  return `7'd${register?.address}`;
}

function mask(bits: readonly NamedCode[], name: string): string {
  const bit = bits.find((each) => each.name === name);
  return `16'd${2 ** (bit?.code ?? 0)}`;
}

import type { SequencerParameters } from './sequencer-parameters.ts';
import { instanceParameters } from './verilog-text.ts';

/**
 * Write the top module for an FPGA: the sequencer with its parameters filled in, the registers behind SPI, and reset and
 * abort inputs that act when they are low or when the clock has just started.
 */
export function boardSource(parameters: SequencerParameters): string {
  const lines = parameters.WORD_LINES + parameters.BIT_LINES;
  const channelBits = Math.max(1, Math.ceil(Math.log2(parameters.BIT_LINES)));
  return `// Top module: ${parameters.WORD_LINES} word lines, ${parameters.BIT_LINES} bit lines. Generated; see docs/rtl.md.
\`timescale 1fs / 1fs

module sequencer_board (
    input  logic clock,
    input  logic reset_n,
    input  logic abort_n,
    // Registers over SPI
    input  logic host_select_n,
    input  logic host_clock,
    input  logic host_in,
    output logic host_out,
    // DACs of the rails: selected and unselected word lines, selected and unselected bit lines
    output logic [3:0] dac_select_n,
    output logic dac_clock,
    output logic dac_data,
    // ADC and its multiplexer over the bit lines
    output logic [${channelBits - 1}:0] adc_channel,
    output logic adc_select_n,
    output logic adc_clock,
    input  logic adc_data,
    // Line switches, word lines first
    output logic [${lines - 1}:0] ground_switch,
    output logic [${lines - 1}:0] selected_switch,
    output logic [${lines - 1}:0] unselected_switch,
    output logic output_enable,
    output logic busy,
    output logic done,
    output logic fault
);
    logic        reset_pin;
    logic        reset;
    logic [3:0]  powered = 4'd0;
    logic        host_write;
    logic [6:0]  host_address;
    logic [15:0] host_data;
    logic [15:0] host_read;
    logic [15:0] channel;

    // Reset for the first clocks after the FPGA was configured, whatever the pin says.
    assign reset = !powered[3] || reset_pin;

    always_ff @(posedge clock) if (!powered[3]) powered <= powered + 4'd1;

    synchronizer reset_input (.clock(clock), .asynchronous(!reset_n), .synchronous(reset_pin));

    host_link link (
        .clock(clock), .reset(reset), .select_n(host_select_n), .serial_clock(host_clock), .serial_in(host_in),
        .serial_out(host_out), .host_write(host_write), .host_address(host_address), .host_data(host_data),
        .host_read(host_read)
    );

    /* verilator lint_off UNUSED */
    logic unused;
    assign unused = &{1'b0, channel[15:${channelBits}]};
    /* verilator lint_on UNUSED */
    assign adc_channel = channel[${channelBits - 1}:0];

    pulse_sequencer #(
${instanceParameters({ ...parameters, TABLE_FILE: 'pulse_table.hex', FRAME_FILE: 'frames.hex' }, '        ')}
    ) sequencer (
        .clock(clock), .reset(reset), .abort_pin(!abort_n),
        .host_write(host_write), .host_address(host_address), .host_data(host_data), .host_read(host_read),
        .dac_select_n(dac_select_n), .dac_clock(dac_clock), .dac_data(dac_data),
        .adc_channel(channel), .adc_select_n(adc_select_n), .adc_clock(adc_clock), .adc_data(adc_data),
        .ground_switch(ground_switch), .selected_switch(selected_switch), .unselected_switch(unselected_switch),
        .output_enable(output_enable), .busy(busy), .done(done), .fault(fault)
    );
endmodule
`;
}

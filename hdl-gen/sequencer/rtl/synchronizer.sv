// Two flip-flops between an input pin and the clock.
`timescale 1fs / 1fs

module synchronizer (
    input  logic clock,
    input  logic asynchronous,
    output logic synchronous
);
    logic first;

    always_ff @(posedge clock) begin
        first       <= asynchronous;
        synchronous <= first;
    end
endmodule
